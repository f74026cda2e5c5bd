/** Owns YAML: every number is written with the digits it came with. */
import { isLosslessNumber } from 'lossless-json';
import type { LosslessNumber } from 'lossless-json';
import { stringify } from 'yaml';
import type { ScalarTag } from 'yaml';
import type { JsonValue } from './json-value.ts';

const exactNumber: ScalarTag = {
  tag: 'tag:yaml.org,2002:float',
  default: true,
  identify: isLosslessNumber,
  resolve: (text) => text,
  stringify: ({ value }) => (value as LosslessNumber).value,
};

export function toYaml(value: JsonValue): string {
  return stringify(value, { customTags: [exactNumber], lineWidth: 0, aliasDuplicateObjects: false });
}

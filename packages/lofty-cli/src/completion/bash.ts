/** Owns the completion script for bash (3.2 and newer): static, so that a press of Tab starts no program. */
import type { OptionSpec } from '../option.ts';
import type { Model } from './model.ts';
import { label } from './model.ts';

export function bashScript({ places, global, withValue }: Model): string {
  const known = places.map(({ path }) => label(path)).join(' ');
  const values = places.flatMap(({ path, options }) => valueCases(label(path), options));
  const options = places
    .filter((place) => place.options.length > 0)
    .map((place) => `      ${label(place.path)}) offers=${lines(place.options.map(dashed))} ;;`);
  const words = places
    .filter((place) => place.words.length > 0)
    .map((place) => `      ${label(place.path)}) offers=${lines(place.words.map(({ text }) => text))} ;;`);
  return `# Completion of lofty-cli for bash. To have it in every shell, put this into ~/.bashrc:
#   source <(lofty-cli completion bash)
_lofty_cli() {
  local cur=\${COMP_WORDS[COMP_CWORD]} at=top option='' offers='' word line quote='' i=1
  # Bash cuts --option=value into three words.
  if [[ $cur == '=' ]]; then
    option=\${COMP_WORDS[COMP_CWORD - 1]} cur=''
  elif [[ \${COMP_WORDS[COMP_CWORD - 1]} == '=' ]]; then
    option=\${COMP_WORDS[COMP_CWORD - 2]}
  fi
  while ((i < COMP_CWORD)); do
    word=\${COMP_WORDS[i]}
    case $word in
      ${withValue.join(' | ')})
        if [[ \${COMP_WORDS[i + 1]} == '=' ]]; then
          ((i += 2))
        elif ((i + 1 == COMP_CWORD)); then
          option=$word
        else
          ((i += 1))
        fi
        ;;
      -*) ;;
      *) [[ ' ${known} ' == *" $at/$word "* ]] && at=$at/$word ;;
    esac
    ((i += 1))
  done
  if [[ -n $option ]]; then
    case $at:$option in
${[...values, ...valueCases('*', global)].join('\n')}
    esac
  elif [[ $cur == -* ]]; then
    case $at in
${options.join('\n')}
    esac
    offers+=$'\\n'${lines(global.map(dashed))}
  else
    case $at in
${words.join('\n')}
    esac
  fi
  COMPREPLY=()
  if [[ $cur == [\\"\\']* ]]; then
    quote=\${cur:0:1} cur=\${cur:1}
  fi
  while IFS= read -r line; do
    [[ -n $line && $line == "$cur"* ]] || continue
    [[ -n $quote ]] || printf -v line %q "$line"
    COMPREPLY+=("$line")
  done <<<"$offers"
}
complete -F _lofty_cli lofty-cli
`;
}

function valueCases(where: string, options: readonly OptionSpec[]): readonly string[] {
  return options
    .filter(({ values }) => values !== undefined)
    .map((spec) => `      ${where}:${dashed(spec)}) offers=${lines(spec.values ?? [])} ;;`);
}

const dashed = ({ name }: OptionSpec): string => `--${name}`;

const lines = (words: readonly string[]): string =>
  `$'${words.map((word) => word.replaceAll(/['\\]/g, '\\$&')).join('\\n')}'`;

/** Owns the completion script for fish: static, so that a press of Tab starts no program. */
import type { OptionSpec } from '../option.ts';
import type { Model } from './model.ts';
import { label } from './model.ts';

export function fishScript({ places, global, withValue }: Model): string {
  const known = places.map(({ path }) => quoted(label(path))).join(' ');
  const words = places.flatMap((place) =>
    place.words.map(
      ({ text, summary }) =>
        `complete -c lofty-cli -n ${isAt(place.path)} -f -a ${quoted(text)} -d ${quoted(summary)}`,
    ),
  );
  const options = places.flatMap((place) =>
    place.options.map((option) => `complete -c lofty-cli -n ${isAt(place.path)} ${optionFlags(option)}`),
  );
  return `# Completion of lofty-cli for fish. To have it in every shell:
#   lofty-cli completion fish > ~/.config/fish/completions/lofty-cli.fish
function __lofty_cli_at
    set -l at top
    set -l skip no
    set -l typed (commandline -opc)
    for word in $typed[2..-1]
        if test $skip = yes
            set skip no
            continue
        end
        switch $word
            case ${withValue.map(quoted).join(' ')}
                set skip yes
            case '-*'
            case '*'
                if contains -- $at/$word ${known}
                    set at $at/$word
                end
        end
    end
    test $at = $argv[1]
end
complete -c lofty-cli -f
${words.join('\n')}
${options.join('\n')}
${global.map((option) => `complete -c lofty-cli ${optionFlags(option)}`).join('\n')}
`;
}

const isAt = (path: string): string => quoted(`__lofty_cli_at ${label(path)}`);

function optionFlags({ name, short, value, values, summary }: OptionSpec): string {
  const named = `-l ${name}${short === undefined ? '' : ` -s ${short}`}`;
  const offered = values === undefined ? '' : ` -a ${quoted(values.map((each) => quoted(each)).join(' '))}`;
  return `${named}${value === undefined ? '' : ' -x'}${offered} -d ${quoted(summary)}`;
}

const quoted = (text: string): string => `'${text.replaceAll(/['\\]/g, '\\$&')}'`;

/** Owns the completion script for zsh: static, so that a press of Tab starts no program. */
import type { OptionSpec } from '../option.ts';
import type { Model, Offer } from './model.ts';
import { label } from './model.ts';

export function zshScript({ places, global, withValue }: Model): string {
  const known = places.map(({ path }) => label(path)).join(' ');
  const values = places.flatMap(({ path, options }) => valueCases(label(path), options));
  const options = places
    .filter((place) => place.options.length > 0)
    .map((place) => `      (${label(place.path)}) offers=(${place.options.map(described).join(' ')}) ;;`);
  const words = places
    .filter((place) => place.words.length > 0)
    .map((place) => `      (${label(place.path)}) offers=(${place.words.map(entry).join(' ')}) ;;`);
  return `#compdef lofty-cli
# Completion of lofty-cli for zsh. To have it in every shell, put this into ~/.zshrc, after compinit:
#   source <(lofty-cli completion zsh)
_lofty_cli() {
  local at=top option='' word='' i=2
  local -a offers
  while ((i < CURRENT)); do
    word=\${words[i]}
    case $word in
      (${withValue.join('|')})
        if ((i + 1 == CURRENT)); then
          option=$word
        else
          ((i += 1))
        fi
        ;;
      (-*) ;;
      (*) [[ ' ${known} ' == *" $at/$word "* ]] && at=$at/$word ;;
    esac
    ((i += 1))
  done
  if [[ \${words[CURRENT]} == --*=* ]]; then
    option=\${words[CURRENT]%%=*}
    compset -P '*='
  fi
  if [[ -n $option ]]; then
    case $at:$option in
${[...values, ...valueCases('*', global)].join('\n')}
    esac
    compadd -- $offers
  elif [[ \${words[CURRENT]} == -* ]]; then
    case $at in
${options.join('\n')}
    esac
    offers+=(${global.map(described).join(' ')})
    _describe -o option offers
  else
    case $at in
${words.join('\n')}
    esac
    _describe command offers
  fi
}
if [[ $funcstack[1] == _lofty_cli ]]; then
  _lofty_cli "$@"
else
  compdef _lofty_cli lofty-cli
fi
`;
}

function valueCases(where: string, options: readonly OptionSpec[]): readonly string[] {
  return options
    .filter(({ values }) => values !== undefined)
    .map(({ name, values = [] }) => `      (${where}:--${name}) offers=(${values.map(quoted).join(' ')}) ;;`);
}

const described = ({ name, summary }: OptionSpec): string => entry({ text: `--${name}`, summary });

/** `text:what it is`, with the colons of the text escaped. */
const entry = ({ text, summary }: Offer): string => quoted(`${text.replaceAll(':', '\\:')}:${summary}`);

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

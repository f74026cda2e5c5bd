// `completion`: a static script for a shell, so that a press of Tab starts no program.
import { commandNames, loginOptions } from './arguments.ts';
import type { Shell } from './arguments.ts';

const shared = ['--profile', '--help', '--version'];
const login = [...loginOptions.map((name) => `--${name}`), ...shared];

export function completionScript(shell: Shell): string {
  return scripts[shell];
}

const scripts: Readonly<Record<Shell, string>> = {
  bash: `# Completion of loomta for bash. To have it in every shell, put this into ~/.bashrc:
#   source <(loomta completion bash)
_loomta() {
  local offers='${commandNames.join(' ')}'
  case \${COMP_WORDS[1]} in
    auth:login) ((COMP_CWORD > 1)) && offers='${login.join(' ')}' ;;
    completion) ((COMP_CWORD > 1)) && offers='bash zsh fish' ;;
    *) ((COMP_CWORD > 1)) && offers='${shared.join(' ')}' ;;
  esac
  COMPREPLY=($(compgen -W "$offers" -- "\${COMP_WORDS[COMP_CWORD]}"))
}
# Bash takes a colon for the end of a word, and our commands have one.
COMP_WORDBREAKS=\${COMP_WORDBREAKS//:/}
complete -F _loomta loomta
`,
  zsh: `#compdef loomta
# Completion of loomta for zsh. To have it in every shell, put this into ~/.zshrc:
#   source <(loomta completion zsh)
_loomta() {
  local -a offers
  if ((CURRENT == 2)); then
    offers=(${commandNames.join(' ')})
  else
    case $words[2] in
      auth:login) offers=(${login.join(' ')}) ;;
      completion) offers=(bash zsh fish) ;;
      *) offers=(${shared.join(' ')}) ;;
    esac
  fi
  compadd -- $offers
}
compdef _loomta loomta
`,
  fish: `# Completion of loomta for fish. To have it in every shell:
#   loomta completion fish > ~/.config/fish/completions/loomta.fish
complete -c loomta -f
complete -c loomta -n __fish_use_subcommand -a '${commandNames.join(' ')}'
complete -c loomta -n '__fish_seen_subcommand_from completion' -a 'bash zsh fish'
${loginOptions.map((name) => `complete -c loomta -n '__fish_seen_subcommand_from auth:login' -l ${name}`).join('\n')}
complete -c loomta -l profile -r
complete -c loomta -s h -l help
complete -c loomta -s V -l version
`,
};

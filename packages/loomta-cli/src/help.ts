// `loomta --help`.
export const help = `loomta: posts to your connected platforms. Every command but completion prints one JSON document.

Usage: loomta <command> [options]

  auth:login                 sign in: shows a code, opens the page to confirm it, saves the key
    --no-browser             show the address and code only
    --no-wait                print {verification_uri, user_code, expires_at, resume} and end
    --wait                   wait for the person, even without a terminal
    --resume                 finish a login that was begun so
    --api-key -              check and save a key read from stdin
    --api-key @FILE          the same from a file
    --api-key KEY            the same from the command line, where others can see it
  auth:status                check the key in force and say where it came from
  auth:logout                delete the saved key on this machine (it stays valid on the server)
  platforms:list             the platforms connected to the key's workspace
  completion SHELL           a completion script: bash, zsh or fish

  --profile NAME             another account or host beside the usual one; also by LOOMTA_PROFILE
  -h, --help                 this text
  -V, --version              the version

Environment
  LOOMTA_API_KEY             used instead of the saved key, always
  LOOMTA_API_KEY_FILE        a file that holds it
  LOOMTA_API_URL             API host, default https://api.loomta.com
  LOOMTA_PROFILE             same as --profile

The key is saved in ~/.loomta/credentials.json, readable only by you; that of a profile
in ~/.loomta/profiles/NAME/credentials.json.
Failures: {"error":{"code","message"}} as the last line of stderr, exit code 1 (130 after Ctrl-C).
`;

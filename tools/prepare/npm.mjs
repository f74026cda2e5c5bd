// How to run the npm that runs us, and what its failures mean to the person who started us.

/** npm tells its own file; without it (`node tools/prepare.mjs`) the one on PATH. */
export const npmCommand = () => {
  const file = process.env.npm_execpath ?? '';
  if (/npm-cli\.c?js$/.test(file)) return { command: process.execPath, first: [file], shell: false };
  return { command: 'npm', first: [], shell: process.platform === 'win32' };
};

const unreachable =
  /^(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|EHOSTUNREACH|ERR_SOCKET_TIMEOUT|EIDLETIMEOUT|ENOTCACHED|FETCH_ERROR|E5\d\d)$/;

const meaningOf = (code) => {
  if (unreachable.test(code)) return 'npm could not reach its registry. Check the network or proxy';
  if (/^E40[13]$/.test(code))
    return "npm's registry refused. Check the registry and its sign-in in your .npmrc";
  if (code === 'ENOSPC') return 'The disk is full. Free about 600 MB';
  if (/^(EACCES|EPERM|EROFS)$/.test(code))
    return 'npm may not write here. Check who owns this folder and ~/.npm';
  if (code === 'EINTEGRITY')
    return "A download is not what the lockfile says. Run npm cache verify, or check your registry's mirror";
  if (code === 'EUSAGE') return 'package.json and package-lock.json disagree. Restore both with git checkout';
  if (code === 'EBADPLATFORM') return 'A package does not exist for this machine';
  return undefined;
};

/** One line for the person; npm's own words come before it only when we do not know what they mean. */
export const explainFailure = (output, status, typed) => {
  const code = /npm (?:error|ERR!) code (\S+)/.exec(output)?.[1] ?? `exit ${status}`;
  const meaning = meaningOf(code);
  if (meaning !== undefined) return `${meaning} (${code}), then run ${typed} again. Nothing was started.`;
  const tail = output.trim().split('\n').slice(-25).join('\n');
  return `${tail}\nnpm could not install the packages (${code}); its own words are above. Nothing was started; run ${typed} again.`;
};

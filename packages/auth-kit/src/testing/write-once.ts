// A process that saves tokens once and prints the outcome. Argument: cache path.
import { proveWritable } from '../store/private-file.ts';
import { writeTokenCache } from '../store/token-cache.ts';

const [path = ''] = process.argv.slice(2);
const proof = await proveWritable(path);
const saved = await writeTokenCache(path, {
  accessToken: 'new',
  obtainedAt: 2,
  issuer: 'https://api.example.com',
});
process.stdout.write(JSON.stringify({ proof, saved }));

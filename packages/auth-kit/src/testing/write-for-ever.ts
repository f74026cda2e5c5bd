// A process that saves tokens again and again until it is killed. Argument: cache path.
import { writeTokenCache } from '../store/token-cache.ts';

const [path = ''] = process.argv.slice(2);
for (let round = 0; ; round += 1) {
  const saved = await writeTokenCache(path, {
    accessToken: `${round}-`.padEnd(20_000, 'x'),
    obtainedAt: round,
    issuer: 'https://api.example.com',
  });
  if (!saved.ok) throw new Error(saved.failure.reason);
}

// Where a terminal's request came from, when no address would say more.
export const deviceOriginWords = { thisComputer: 'this computer', unknown: 'an unknown address' } as const;

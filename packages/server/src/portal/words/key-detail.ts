// Words of the page about one API key.
export const keyDetailWords = {
  status: 'Status',
  made: 'Created',
  madeBy: {
    page: 'on these pages',
    terminal: 'by a terminal that you approved',
    import: 'taken over from before',
  },
  used: 'Last used',
  expires: 'Expires',
  revoked: 'Revoked',
  notCollected: 'Not collected by the terminal yet',
  acknowledged: 'Acknowledged',
  unknownAddress: 'address not recorded',
  unknownDevice: 'device not recorded',
  hidden: 'Hidden after a minute. Open the page again to see it.',
} as const;

// Words of the profile page.
export const profileWords = {
  title: 'Profile',
  lead: 'How others see you.',
  name: 'Name',
  email: 'E-mail',
  emailHint: 'You sign in with it, and mail goes there.',
  changeEmail: 'Change e-mail',
  zone: 'Time zone',
  zoneHint: 'Days begin here: an API key ends at 12:01 AM of its last day in this zone.',
  save: 'Save',
  problems: {
    'name-missing': 'Enter your name.',
    'too-long': 'Use 120 characters or fewer.',
    'no-control-characters': 'Remove the invisible control characters.',
    'zone-missing': 'Choose a time zone of the list.',
  },
} as const;

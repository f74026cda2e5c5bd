/** Owns the user name that protocols want beside a token; servers that take tokens as passwords ignore it. */
export const helperUser = 'oauth2';

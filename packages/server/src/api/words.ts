// Words of the management API's own answers; those of fields and refusals are the portal's.
export const apiWords = {
  problems: {
    invalid_request:
      'The request cannot be read: a parameter stands there twice, or where this operation takes none. Send parameters once, those of a POST in its JSON body.',
    invalid_json:
      'The body is not a JSON object in UTF-8, or holds a NUL. Send an object, or {} where there is nothing to say.',
    invalid_input: 'Some fields cannot be used. `details.fields` says which and why.',
    not_signed_in: 'Send a management key as `Authorization: Bearer lk_mk_…`, or the cookie of a session.',
    invalid_credential:
      'The Authorization header holds no management key that works. It may be mistyped, revoked or expired; other kinds of keys and tokens do not work here.',
    foreign_request: 'A page of another site sent this request, so nothing was done.',
    session_only: 'This operation is for people who are signed in; no management key is good for it.',
    operation_not_chosen: 'This management key was not made for this operation. Make another one that is.',
    step_up_needed: 'Prove again who you are, then repeat this within ten minutes.',
    not_found: 'There is nothing here, or not for you.',
    method_not_allowed: 'This address does not take that method. The Allow header says which ones.',
    payload_too_large: 'The body is larger than 1.5 MB.',
    unsupported_media_type: 'Send JSON with the header `Content-Type: application/json`.',
    rate_limited:
      'Too many requests in this minute. Wait for as many seconds as the Retry-After header says, then go on.',
    server_error: 'Something failed on our side. Try again; if it stays, quote the X-Request-Id.',
  },
  unknownField: 'This operation takes no such field.',
  document: {
    title: (brand: string): string => `${brand} management API`,
    lead: 'Everything that the developer pages do, as JSON. Requests that change something are POST with `Content-Type: application/json`. Management keys are good for the operations that they were made for; what is interactive only takes a session.',
    stepUp: 'Needs an authentication of the last ten minutes.',
    managementKey: 'Made under Developer, Management keys. Not an API key, nor an access token of an app.',
    done: 'Done.',
    code: 'What a program decides by; stays the same.',
    message: 'What a person reads; may change.',
    details: 'Facts of this refusal: fields of an input, seconds to wait.',
    docs: 'Where the reference says more.',
  },
} as const;

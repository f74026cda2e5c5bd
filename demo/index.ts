// What the demo start of the server takes from here.
export { startCrm, type CrmOptions } from './crm/server.ts';
export type { Running } from './listen.ts';
export { startSampleApp, type SampleAppOptions } from './sample-app/server.ts';
export { startTokenService, type TokenServiceOptions } from './token-service/server.ts';
export {
  demoApps,
  demoPeople,
  demoVendors,
  demoWorkspaces,
  type DemoApp,
  type DemoPerson,
  type DemoVendor,
  type DemoWorkspace,
} from './people.ts';

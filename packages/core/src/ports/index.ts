/**
 * Local ports: parse mappings, see whether a port is free, suggest another, name its owner. This door loads nothing of the cluster side.
 *
 * @packageDocumentation
 */
export type { PortOwner } from '../errors/port-errors.ts';
export {
  AddressNotAvailableError,
  NoFreePortError,
  PortConflictError,
  PortNotPermittedError,
} from '../errors/port-errors.ts';
export type { PortMapping } from '../model/forward-spec.ts';
export { findNextAvailablePort, type PortSearch } from './find-next-available-port.ts';
export { isPortAvailable, type PortQuery } from './is-port-available.ts';
export { isPortName, isPortNumber, parsePortMapping } from './parse-port.ts';
export { findPortOwner } from './port-owner.ts';
export { type PortWish, suggestAlternativePort } from './suggest-alternative-port.ts';

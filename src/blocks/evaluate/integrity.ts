// What may still be changed of an object: it can be closed to new properties, sealed and frozen.
import type { Unknown } from '../shapes/dim.ts';

/** Whether something may be done; an unknown is why nobody can tell. */
export type Permission = boolean | Unknown;

/** What may be done with one property, as `Object.defineProperty` says; absent where it is permitted. */
export interface Attributes {
  readonly writable?: Permission;
  readonly configurable?: Permission;
  /** Whether listings go through it and copies take it over. */
  readonly enumerable?: Permission;
}

export const namesOfAttributes = ['writable', 'configurable', 'enumerable'] as const;

/** Each level rules out one thing more: new properties, taking properties away, other values for them. */
export const levels = { open: 0, closed: 1, sealed: 2, frozen: 3 } as const;
export type Level = (typeof levels)[keyof typeof levels];

/** The level of an object: one that only some ways of the program have raised lies between two. Absent for an open object. */
export interface Integrity {
  readonly least: Level;
  readonly most: Level;
  readonly reason?: Unknown;
}

/** Whether what `level` rules out may be done. */
export function permits(integrity: Integrity | undefined, level: Level): Permission {
  if (!integrity || integrity.most < level) return true;
  return integrity.least >= level ? false : integrity.reason ?? false;
}

/** What takes several permissions. */
export function allOf(...permissions: readonly Permission[]): Permission {
  if (permissions.includes(false)) return false;
  return permissions.find(permission => permission !== true) ?? true;
}

export const joinPermissions = (a: Permission = true, b: Permission = true, reason: Unknown): Permission =>
  (a === b ? a : typeof a === 'object' ? a : typeof b === 'object' ? b : reason);

export function joinIntegrity(a: Integrity | undefined, b: Integrity | undefined, reason: Unknown): Integrity | undefined {
  const [least, most] = [Math.min(a?.least ?? 0, b?.least ?? 0) as Level, Math.max(a?.most ?? 0, b?.most ?? 0) as Level];
  return most === levels.open ? undefined : { least, most, reason: a?.reason ?? b?.reason ?? reason };
}

/** An object never becomes more open than it was. */
export const raised = (integrity: Integrity | undefined, level: Level): Integrity => ({
  ...integrity, least: Math.max(integrity?.least ?? 0, level) as Level, most: Math.max(integrity?.most ?? 0, level) as Level,
});

/** It may have been closed to any degree. */
export const anyIntegrity = (reason: Unknown): Integrity => ({ least: levels.open, most: levels.frozen, reason });

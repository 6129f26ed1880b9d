import type { Detection } from '../detection.ts';

/**
 * Finds names of people in a normalised text. Pure and synchronous: a model that needs to be loaded is loaded
 * before the detector is made. Detections have the certainty `name`.
 */
export interface NameDetector {
  readonly id: string;
  readonly find: (text: string) => readonly Detection[];
}

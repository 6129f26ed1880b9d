import { z } from 'zod';

/** The HTTP body of an offer or a result: the JWS, and the string that `payload_sha256` covers. */
export const messageSchema = z.strictObject({ envelope: z.string().min(1), payload: z.string() });
export type Message = z.infer<typeof messageSchema>;

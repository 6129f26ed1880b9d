/**
 * What a program on `@salesforce/core` does, in a process of its own because the library keeps its
 * files in the home folder: logs in with a JWT, queries, loses its session, and queries again.
 *
 * Arguments: address of the org, client id, username, file with the private key. Prints JSON.
 */
import { AuthInfo, Connection, Org } from '@salesforce/core';

const [loginUrl = '', clientId = '', username = '', privateKeyFile = ''] = process.argv.slice(2);

const authInfo = await AuthInfo.create({ username, oauth2Options: { clientId, loginUrl, privateKeyFile } });
await authInfo.save();
const connection = await Connection.create({ authInfo });
const before = await connection.query<{ Name: string }>('SELECT Name FROM Account');

// The org forgets every session when it is asked for this.
await connection.request('/services/apexrest/forget-sessions');
const after = await connection.singleRecordQuery<{ Username: string }>(
  `SELECT Username FROM User WHERE Username = '${username}'`,
);

const org = await Org.create({ aliasOrUsername: username });
process.stdout.write(
  JSON.stringify({
    names: before.records.map(({ Name }) => Name),
    username: after.Username,
    orgId: org.getOrgId(),
    version: await org.retrieveMaxApiVersion(),
    isScratch: await org.determineIfScratch(),
  }),
);

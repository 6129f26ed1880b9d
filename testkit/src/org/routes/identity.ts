import type { Reply } from '../http/messages.ts';
import type { OrgState } from '../orgState.ts';

/** `/services/oauth2/userinfo` and `/id/<org>/<user>`: who a token belongs to. */
export function identityReply(org: OrgState, userId: string, url: string): Reply {
  const user = org.store.find('User', userId);
  const username = String(user?.['Username']);
  const name = String(user?.['Name']);
  return {
    status: 200,
    body: {
      id: `${url}/id/${org.id}/${userId}`,
      sub: `${url}/id/${org.id}/${userId}`,
      user_id: userId,
      organization_id: org.id,
      username,
      preferred_username: username,
      nick_name: name,
      display_name: name,
      name,
      email: username,
      email_verified: true,
      active: true,
      user_type: 'STANDARD',
      language: 'en_US',
      locale: 'en_US',
      zoneinfo: 'GMT',
      urls: {
        rest: `${url}/services/data/v{version}/`,
        sobjects: `${url}/services/data/v{version}/sobjects/`,
        query: `${url}/services/data/v{version}/query/`,
        metadata: `${url}/services/Soap/m/{version}/${org.id.slice(0, 15)}`,
      },
    },
  };
}

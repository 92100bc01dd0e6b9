// A certified OpenID provider for tests, on a free port of this machine. The settings come as one line of JSON on standard input:
// { now: milliseconds since 1970 or null for the machine's clock, clients: [{ client_id, client_secret }] }.
// One address beside the provider's own is for the test alone:
//   POST /test  { accounts, redirects, now, claims, header, damage, rotate }   changes what follows; what is left out stays.
// Everything that a test cannot make a sound provider do (another audience, no signature) is done to the token on its way out.

import { createServer } from 'node:http';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { generateKeyPair, exportJWK, SignJWT, UnsecuredJWT, decodeJwt } from 'jose';
import { Provider } from 'oidc-provider';

const lines = createInterface({ input: process.stdin })[Symbol.asyncIterator]();
const settings = JSON.parse((await lines.next()).value);

// The provider's clock goes on from the time that the test says it is, if it says so.
const real = Date.now.bind(Date);
let ahead = settings.now === null ? 0 : settings.now - real();
Date.now = () => real() + ahead;

const test = { accounts: {}, redirects: [], claims: null, header: null, damage: false };
let keys = 0;
let signing;

async function newKey() {
  const pair = await generateKeyPair('RS256', { extractable: true });
  keys += 1;
  signing = { kid: `key-${keys}`, key: pair.privateKey };
  return { ...(await exportJWK(pair.privateKey)), kid: signing.kid, alg: 'RS256', use: 'sig' };
}

const server = createServer();
server.listen(0, '127.0.0.1');
await once(server, 'listening');
const issuer = `http://127.0.0.1:${server.address().port}`;
let jwk = await newKey();
let answer;

function begin() {
  const provider = new Provider(issuer, {
    clients: settings.clients.map((client) => ({
      ...client, redirect_uris: test.redirects, response_types: ['code'], grant_types: ['authorization_code'],
    })),
    jwks: { keys: [jwk] },
    cookies: { keys: ['for tests only'] },
    pkce: { required: () => true },
    // As Microsoft and Google do: what is known about the person stands in the ID token.
    conformIdTokenClaims: false,
    claims: { openid: ['sub', 'tid', 'oid', 'hd'], profile: ['name'], email: ['email'] },
    ttl: { IdToken: 600, AccessToken: 600, AuthorizationCode: 60, Interaction: 600, Session: 3600, Grant: 3600 },
    findAccount: (_, id) => (test.accounts[id] ? { accountId: id, claims: () => ({ sub: id, ...test.accounts[id] }) } : undefined),
    // Nobody is asked whether they agree: a school's administrator has done so for everybody.
    async loadExistingGrant(ctx) {
      const grant = new ctx.oidc.provider.Grant({ accountId: ctx.oidc.session.accountId, clientId: ctx.oidc.client.clientId });
      grant.addOIDCScope('openid profile email');
      await grant.save();
      return grant;
    },
  });
  provider.use(async (ctx, next) => {
    await next();
    if (ctx.path === '/token' && ctx.body?.id_token) ctx.body.id_token = await altered(ctx.body.id_token);
  });
  answer = provider.callback();
}

async function altered(token) {
  if (test.claims || test.header) {
    const claims = { ...decodeJwt(token), ...test.claims };
    const header = { alg: 'RS256', kid: signing.kid, ...test.header };
    if (header.alg === 'none') return new UnsecuredJWT(claims).encode();
    const key = header.alg === 'HS256' ? new TextEncoder().encode(settings.clients[0].client_secret) : signing.key;
    return new SignJWT(claims).setProtectedHeader(header).sign(key);
  }
  if (test.damage) {
    const [head, body, signature] = token.split('.');
    const claims = { ...JSON.parse(Buffer.from(body, 'base64url')), sub: 'somebody-else' };
    return [head, Buffer.from(JSON.stringify(claims)).toString('base64url'), signature].join('.');
  }
  return token;
}

async function control(request, response) {
  let text = '';
  for await (const part of request) text += part;
  const change = JSON.parse(text);
  for (const name of Object.keys(test)) if (name in change) test[name] = change[name];
  if ('now' in change) ahead = change.now - real();
  if (change.rotate) jwk = await newKey();
  if (change.rotate || 'redirects' in change) begin();
  response.end('{}');
}

begin();
server.on('request', (request, response) => {
  if (request.url === '/test') control(request, response).catch((error) => { response.statusCode = 500; response.end(String(error)); });
  else {
    // Microsoft and Google let people choose among accounts; this one has a form for each time and knows no such wish.
    request.url = request.url.replace('&prompt=select_account', '');
    answer(request, response);
  }
});
console.log(issuer);
// Ends with the test, however that ends.
for await (const _ of lines);
process.exit(0);

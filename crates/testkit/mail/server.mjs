// A mail server for tests. It prints its port, then each letter it takes as a line of JSON, and refuses as it is told to:
//   node server.mjs [--tls CERTIFICATE KEY] [--user NAME PASSWORD] [--refuse-first N]
import { readFileSync } from "node:fs";
import { SMTPServer } from "smtp-server";

const after = (name, count) => {
  const at = process.argv.indexOf(name);
  return at < 0 ? undefined : process.argv.slice(at + 1, at + 1 + count);
};
const tls = after("--tls", 2);
const user = after("--user", 2);
let refused = Number(after("--refuse-first", 1)?.[0] ?? 0);

const server = new SMTPServer({
  ...(tls ? { cert: readFileSync(tls[0]), key: readFileSync(tls[1]) } : {}),
  disabledCommands: [...(tls ? [] : ["STARTTLS"]), ...(user ? [] : ["AUTH"])],
  authOptional: !user,
  onAuth(auth, _session, done) {
    const right = user && auth.username === user[0] && auth.password === user[1];
    done(right ? null : new Error("Not the right name and password"), right ? { user: auth.username } : undefined);
  },
  onData(stream, session, done) {
    const chunks = [];
    stream.on("data", (chunk) => chunks.push(chunk));
    stream.on("end", () => {
      if (refused > 0) {
        refused -= 1;
        done(Object.assign(new Error("Come back later"), { responseCode: 451 }));
        return;
      }
      const letter = {
        from: session.envelope.mailFrom.address,
        to: session.envelope.rcptTo.map((recipient) => recipient.address),
        secure: session.secure,
        user: session.user ?? null,
        raw: Buffer.concat(chunks).toString("utf8"),
      };
      process.stdout.write(`${JSON.stringify(letter)}\n`);
      done();
    });
  },
});
server.on("error", () => {});
server.listen(0, "127.0.0.1", () => process.stdout.write(`${server.server.address().port}\n`));
// It ends with the test, however that ends.
process.stdin.on("end", () => process.exit(0)).resume();

// tus-js-client as others use it: `node tus_client.mjs ADDRESS TOKEN FILE SHA256`; goes on by itself after a cut.
import fs from "node:fs";
import { Upload } from "tus-js-client";

const [, , endpoint, token, path, sha256] = process.argv;
const upload = new Upload(fs.createReadStream(path), {
  endpoint,
  uploadSize: fs.statSync(path).size,
  chunkSize: 256 * 1024,
  retryDelays: [100, 300, 1000, 3000],
  headers: { Authorization: `Bearer ${token}` },
  metadata: { sha256, filename: "camera.jpg" },
  onError: (failure) => {
    process.stderr.write(`${failure}\n`);
    process.exit(1);
  },
  onSuccess: () => process.stdout.write(upload.url),
});
upload.start();

// Copyright (c) 2026, community.nexmo contributors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later

// Does all five operations with the client that the command line names, and prints as JSON what each of them brought.
'use strict';

const CREDENTIALS = {apiKey: process.env.NEXMO_API_KEY, apiSecret: process.env.NEXMO_API_SECRET};
const ANSWER_URL = 'https://example.com/answer';
const EVENT_URL = 'https://example.com/event';
const NEW_EVENT_URL = 'https://example.com/new';

function nexmo(packageName) {
  const Nexmo = require(packageName);
  const client = new Nexmo(CREDENTIALS, {});
  const applications = client.applications || client.app;
  const ask = (method, ...values) => new Promise((resolve, reject) => {
    applications[method](...values, (error, answer) => (error ? reject(error) : resolve(answer)));
  });
  return {
    list: async () => (await ask('get', {page_size: 5}))._embedded.applications,
    create: (name, eventUrl) => ask('create', name, 'voice', ANSWER_URL, eventUrl, {}),
    read: (id) => ask('get', id),
    update: (id, name, eventUrl) => ask('update', id, name, 'voice', ANSWER_URL, eventUrl, {}),
    delete: (id) => ask('delete', id),
  };
}

function vonage(packageName) {
  const {Applications} = require(packageName);
  const client = new Applications(CREDENTIALS, {apiHost: process.env.SIMULATOR_URL});
  const settings = (name, eventUrl) => ({
    name,
    capabilities: {
      voice: {
        webhooks: {
          answerUrl: {address: ANSWER_URL, httpMethod: 'GET'},
          eventUrl: {address: eventUrl, httpMethod: 'POST'},
        },
      },
    },
  });
  return {
    list: async () => (await client.getApplicationPage({pageSize: 5}))._embedded.applications,
    create: (name, eventUrl) => client.createApplication(settings(name, eventUrl)),
    read: (id) => client.getApplication(id),
    update: (id, name, eventUrl) => client.updateApplication({id, ...settings(name, eventUrl)}),
    delete: (id) => client.deleteApplication(id),
  };
}

async function main(packageName) {
  const client = packageName.startsWith('@vonage/') ? vonage(packageName) : nexmo(packageName);
  const before = await client.list();
  const created = await client.create('shop', EVENT_URL);
  const read = await client.read(created.id);
  const updated = await client.update(created.id, 'bar', NEW_EVENT_URL);
  const listed = await client.list();
  await client.delete(created.id);
  const after = await client.list();
  console.log(JSON.stringify({before, created, read, updated, listed, after}));
}

main(process.argv[2]).catch((error) => {
  console.error(error);
  process.exitCode = 1;
});

// Copyright (c) 2026, community.nexmo contributors
// GNU General Public License v3.0+ (see LICENSE or https://www.gnu.org/licenses/gpl-3.0.txt)
// SPDX-License-Identifier: GPL-3.0-or-later

// Loaded with --require: some clients know no other host than the service's, and find the simulator there.
'use strict';

const https = require('https');

const {hostname, port} = new URL(process.env.SIMULATOR_URL);
const {request} = https;

https.request = (options, ...rest) => {
  const simulated = options.host === 'api.nexmo.com' ? {...options, host: hostname, port} : options;
  return request(simulated, ...rest);
};

#!/usr/bin/env node
import './requireNode.js';
import { main } from '../lib/ci/main.js';

process.exitCode = await main(process.env, console.log);

#!/usr/bin/env node
import './requireNode.js';
import { execute } from '@oclif/core';

await execute({ dir: import.meta.url });

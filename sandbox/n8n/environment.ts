import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** What the processes of an n8n in queue mode share. */
export interface QueueSettings {
	redisPort: number;
	postgres: { port: number; user: string; password: string; database: string };
}

/** What an n8n of ours may differ in. */
export interface N8nSettings {
	userFolder: string;
	port: number;
	/** The task broker listens on a port of its own; two n8n on one machine must not share it. */
	brokerPort: number;
	encryptionKey: string;
	/** Where every host is written down that n8n, or what it starts, tries to connect to. */
	connectionsFile?: string;
	/** For the main process or a worker of an n8n that is spread over several. Without it, n8n is one process with a database file. */
	queue?: QueueSettings;
	/** Further variables, over all others. */
	variables?: Readonly<Record<string, string>>;
}

// Everything n8n would otherwise ask of, or tell to, machines on the internet.
const SILENT: Readonly<Record<string, string>> = {
	N8N_DIAGNOSTICS_ENABLED: 'false',
	N8N_DIAGNOSTICS_CONFIG_FRONTEND: '',
	N8N_DIAGNOSTICS_CONFIG_BACKEND: '',
	EXTERNAL_FRONTEND_HOOKS_URLS: '',
	N8N_VERSION_NOTIFICATIONS_ENABLED: 'false',
	N8N_VERSION_NOTIFICATIONS_WHATS_NEW_ENABLED: 'false',
	N8N_TEMPLATES_ENABLED: 'false',
	N8N_PERSONALIZATION_ENABLED: 'false',
	N8N_HIRING_BANNER_ENABLED: 'false',
	N8N_DYNAMIC_BANNERS_ENABLED: 'false',
	N8N_LICENSE_AUTO_RENEW_ENABLED: 'false',
	N8N_VERIFIED_PACKAGES_ENABLED: 'false',
	// The first asks a registry on the internet; the other two put an AI assistant before the list of workflows.
	N8N_DISABLED_MODULES: 'mcp-registry,instance-ai,agents',
};

const LOCAL: Readonly<Record<string, string>> = {
	NODE_ENV: 'production',
	N8N_HOST: '127.0.0.1',
	N8N_LISTEN_ADDRESS: '127.0.0.1',
	N8N_RUNNERS_BROKER_LISTEN_ADDRESS: '127.0.0.1',
	N8N_PROTOCOL: 'http',
	N8N_SECURE_COOKIE: 'false',
	N8N_ENFORCE_SETTINGS_FILE_PERMISSIONS: 'true',
	N8N_UNVERIFIED_PACKAGES_ENABLED: 'true',
	// `n8n execute` prints its result at this level only.
	N8N_LOG_LEVEL: 'info',
	NO_PROXY: '127.0.0.1,localhost',
	no_proxy: '127.0.0.1,localhost',
};

/** For an n8n that nobody looks at: it starts in two thirds of the time. */
export const WITHOUT_EDITOR: Readonly<Record<string, string>> = { N8N_DISABLE_UI: 'true' };

// Settings of somebody's own n8n, of Jest and of npm must not leak into this one.
const FOREIGN = /^(N8N_|DB_|QUEUE_|EXECUTIONS_|NODE_OPTIONS$|NODE_ENV$|JEST_|TS_NODE_|npm_|MISP_|ORION_)/i;

/** The environment for any n8n command: silent, local, and without the settings of another n8n. */
export function n8nEnvironment(settings: N8nSettings): NodeJS.ProcessEnv {
	const own = Object.fromEntries(Object.entries(process.env).filter(([name]) => !FOREIGN.test(name)));
	return {
		...own,
		...SILENT,
		...LOCAL,
		N8N_USER_FOLDER: settings.userFolder,
		N8N_ENCRYPTION_KEY: settings.encryptionKey,
		N8N_PORT: String(settings.port),
		N8N_EDITOR_BASE_URL: `http://127.0.0.1:${settings.port}/`,
		N8N_RUNNERS_BROKER_PORT: String(settings.brokerPort),
		...(settings.connectionsFile !== undefined && {
			NODE_OPTIONS: RECORDING,
			CONNECTIONS_FILE: settings.connectionsFile,
		}),
		...settings.variables,
		...(settings.queue && queueVariables(settings.port, settings.queue)),
	};
}

function queueVariables(port: number, { redisPort, postgres }: QueueSettings): Record<string, string> {
	return {
		EXECUTIONS_MODE: 'queue',
		OFFLOAD_MANUAL_EXECUTIONS_TO_WORKERS: 'true',
		QUEUE_BULL_REDIS_HOST: '127.0.0.1',
		QUEUE_BULL_REDIS_PORT: String(redisPort),
		// Only a worker listens there: n8n's main process has its health check on its own port.
		QUEUE_HEALTH_CHECK_ACTIVE: 'true',
		QUEUE_HEALTH_CHECK_PORT: String(port),
		N8N_WORKER_SERVER_ADDRESS: '127.0.0.1',
		DB_TYPE: 'postgresdb',
		DB_POSTGRESDB_HOST: '127.0.0.1',
		DB_POSTGRESDB_PORT: String(postgres.port),
		DB_POSTGRESDB_USER: postgres.user,
		DB_POSTGRESDB_PASSWORD: postgres.password,
		DB_POSTGRESDB_DATABASE: postgres.database,
	};
}

// Node.js 24 runs TypeScript as it is, with a warning that this file could be of either kind of module.
const RECORDING = `--disable-warning=MODULE_TYPELESS_PACKAGE_JSON --import=${pathToFileURL(join(__dirname, 'recordConnections.ts')).href}`;

/** Ports that nobody listens on now. They are held open together, so no two are the same. */
export async function freePorts(count: number): Promise<number[]> {
	const servers = Array.from({ length: count }, () => createServer());
	const ports = await Promise.all(
		servers.map(
			async (server) =>
				await new Promise<number>((resolve, reject) => {
					server.once('error', reject);
					server.listen(0, '127.0.0.1', () => {
						const address = server.address();
						if (address === null || typeof address === 'string') reject(new Error('No port was given'));
						else resolve(address.port);
					});
				}),
		),
	);
	await Promise.all(servers.map(async (server) => await new Promise((resolve) => server.close(resolve))));
	return ports;
}

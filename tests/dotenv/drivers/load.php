<?php
// Loads .env files with phpdotenv or Symfony's Dotenv: load.php KIND FOLDER... < LIST; see ../README.md.
error_reporting(0);
$kind = $argv[1];
$folders = array_slice($argv, 2);
spl_autoload_register(function ($class) use ($folders) {
	foreach ($folders as $folder) {
		$path = $folder . '/' . strtr($class, '\\', '/') . '.php';
		if (is_file($path)) {
			require $path;
			return;
		}
	}
});
$loaders = [
	'phpdotenv' => fn($path) => Dotenv\Dotenv::createImmutable(dirname($path), basename($path))->load(),
	'symfony' => fn($path) => (new Symfony\Component\Dotenv\Dotenv())->load($path),
];
$preset = ['OUTER' => 'outerval'];
$server = array_diff_key($_SERVER, getenv());

foreach (explode("\n", trim(stream_get_contents(STDIN))) as $path) {
	$_ENV = $preset;
	$_SERVER = $server + $preset;
	try {
		$loaders[$kind]($path);
		unset($_ENV['SYMFONY_DOTENV_VARS'], $_ENV['SYMFONY_DOTENV_PATH']);
		$words = ['OK'];
		foreach ($_ENV as $name => $value)
			if (($preset[$name] ?? null) !== $value)
				$words[] = bin2hex($name) . '=' . bin2hex($value);
		echo implode(' ', $words), "\n";
	} catch (Throwable $fault) {
		echo "ERROR\n";
	}
}

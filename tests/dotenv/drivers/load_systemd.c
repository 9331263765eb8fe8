/* Loads .env files with systemd's own functions, as a service manager does for EnvironmentFile=:
 * load_systemd LIBRARY < LIST; see ../README.md. */
#include <dlfcn.h>
#include <stdio.h>
#include <string.h>

struct systemd {
	int (*load_env_file)(FILE *, const char *path, char ***strings);
	char **(*clean)(char **strings, void (*callback)(const char *, void *), void *context);
	char **(*release)(char **strings);
};

/* ISO C has no conversion from an object pointer to one of a function. */
static int find(void *library, const char *name, void *function) {
	void *symbol = dlsym(library, name);
	memcpy(function, &symbol, sizeof(symbol));
	return symbol != NULL;
}

static void put_hex(const char *text, size_t length) {
	for (size_t i = 0; i < length; i++)
		printf("%02x", (unsigned char)text[i]);
}

static void load(const struct systemd *systemd, const char *path) {
	char **strings = NULL;
	if (systemd->load_env_file(NULL, path, &strings) < 0) {
		puts("ERROR");
		return;
	}
	strings = systemd->clean(strings, NULL, NULL);
	fputs("OK", stdout);
	for (char **string = strings; string && *string; string++) {
		size_t name = strcspn(*string, "=");
		putchar(' ');
		put_hex(*string, name);
		putchar('=');
		put_hex(*string + name + 1, strlen(*string + name + 1));
	}
	putchar('\n');
	systemd->release(strings);
}

int main(int count, char **arguments) {
	struct systemd systemd;
	char path[4096];
	void *library = count == 2 ? dlopen(arguments[1], RTLD_NOW) : NULL;
	if (!library || !find(library, "load_env_file", &systemd.load_env_file) ||
	    !find(library, "strv_env_clean_with_callback", &systemd.clean) ||
	    !find(library, "strv_free", &systemd.release)) {
		fprintf(stderr, "load_systemd: %s\n", dlerror());
		return 1;
	}
	while (fgets(path, sizeof(path), stdin)) {
		path[strcspn(path, "\n")] = '\0';
		load(&systemd, path);
		fflush(stdout);
	}
	return 0;
}

/* What the release build needs to stand on musl as it does on glibc. Debian's static libraries were compiled against
 * glibc, with buffers that are checked when the program runs: the names that they call then are not in musl. A length
 * beyond the buffer ends the program, as it does there. And errors are told in glibc's words, so that a message is the
 * same in every build. Only the release build compiles this file. */
#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/random.h>

void *__memcpy_chk(void *target, const void *from, size_t length, size_t room);
void __explicit_bzero_chk(void *memory, size_t length, size_t room);
int __snprintf_chk(char *target, size_t size, int flag, size_t room, const char *format, ...);
int __fprintf_chk(FILE *to, int flag, const char *format, ...);
char *__strcat_chk(char *target, const char *from, size_t room);
void arc4random_buf(void *memory, size_t length);
char *__real_strerror(int error);
char *__wrap_strerror(int error);

void *__memcpy_chk(void *target, const void *from, size_t length, size_t room) {
	if (length > room)
		abort();
	return memcpy(target, from, length);
}

void __explicit_bzero_chk(void *memory, size_t length, size_t room) {
	if (length > room)
		abort();
	explicit_bzero(memory, length);
}

__attribute__((format(printf, 5, 6)))
int __snprintf_chk(char *target, size_t size, int flag, size_t room, const char *format, ...) {
	va_list arguments;
	(void)flag;
	if (size > room)
		abort();
	va_start(arguments, format);
	int length = vsnprintf(target, size, format, arguments);
	va_end(arguments);
	return length;
}

/* json-c's, of its last words and of numbers that have a format of their own. */
__attribute__((format(printf, 3, 4)))
int __fprintf_chk(FILE *to, int flag, const char *format, ...) {
	va_list arguments;
	(void)flag;
	va_start(arguments, format);
	int length = vfprintf(to, format, arguments);
	va_end(arguments);
	return length;
}

char *__strcat_chk(char *target, const char *from, size_t room) {
	if (strlen(target) + strlen(from) >= room)
		abort();
	return strcat(target, from);
}

/* libcrypt makes salts of it, which nothing here asks for. */
void arc4random_buf(void *memory, size_t length) {
	enum { MOST_AT_ONCE = 256 }; /* so much comes whole, whatever signal arrives */
	for (char *at = memory; length;) {
		ssize_t got = getrandom(at, length < MOST_AT_ONCE ? length : MOST_AT_ONCE, 0);
		if (got < 0)
			abort();
		at += got;
		length -= (size_t)got;
	}
}

/* What opening, reading, writing, moving and starting can fail with, where musl has other words. */
static const struct words {
	int error;
	char text[40];
} words[] = {
	{EIO, "Input/output error"},
	{ENOMEM, "Cannot allocate memory"},
	{EBUSY, "Device or resource busy"},
	{EXDEV, "Invalid cross-device link"},
	{EMFILE, "Too many open files"},
	{ENAMETOOLONG, "File name too long"},
	{ELOOP, "Too many levels of symbolic links"},
	{EOVERFLOW, "Value too large for defined data type"},
	{ELIBBAD, "Accessing a corrupted shared library"},
	{ENOTSUP, "Operation not supported"},
	{ETIMEDOUT, "Connection timed out"},
	{EUCLEAN, "Structure needs cleaning"},
	{EDQUOT, "Disk quota exceeded"},
};

/* The linker puts it in strerror's place (--wrap). */
char *__wrap_strerror(int error) {
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i].error == error)
			return (char *)(uintptr_t)words[i].text;
	return __real_strerror(error);
}

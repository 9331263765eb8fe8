#include "rule/pack.h"

const struct template *message_in(const struct message *message, enum language language) {
	return message->in[language] ? message->in[language] : message->in[0];
}

struct text words_in(const struct words *words, enum language language) {
	return words->in[language].bytes ? words->in[language] : words->in[0];
}

// GMime in the few functions that reading a message takes; GObject's types stay here.
#pragma once
#include <gmime/gmime.h>
#include <stddef.h>

// A message; NULL when GMime makes none of the bytes. They are copied.
static inline void *mime_parse(const char *bytes, size_t count) {
    static gsize ready = 0;
    if (g_once_init_enter(&ready)) {
        g_mime_init();
        g_once_init_leave(&ready, 1);
    }
    GMimeStream *stream = g_mime_stream_mem_new_with_buffer(bytes, count);
    GMimeParser *parser = g_mime_parser_new_with_stream(stream);
    g_object_unref(stream);
    GMimeMessage *message = g_mime_parser_construct_message(parser, NULL);
    g_object_unref(parser);
    return message;
}

static inline void mime_free(void *message) { g_object_unref(message); }

static inline int mime_header_count(void *message) {
    return g_mime_header_list_get_count(g_mime_object_get_header_list(GMIME_OBJECT(message)));
}

// Name and decoded value of a header, in the order of the message; owned by the message.
static inline const char *mime_header_name(void *message, int index) {
    return g_mime_header_get_name(
        g_mime_header_list_get_header_at(g_mime_object_get_header_list(GMIME_OBJECT(message)), index));
}
static inline const char *mime_header_value(void *message, int index) {
    return g_mime_header_get_value(
        g_mime_header_list_get_header_at(g_mime_object_get_header_list(GMIME_OBJECT(message)), index));
}

// The first address of From; owned by the message; NULL: none.
static inline const char *mime_from(void *message) {
    InternetAddressList *list = g_mime_message_get_from(GMIME_MESSAGE(message));
    if (list == NULL || internet_address_list_length(list) < 1) return NULL;
    InternetAddress *address = internet_address_list_get_address(list, 0);
    return INTERNET_ADDRESS_IS_MAILBOX(address) ? internet_address_mailbox_get_addr(INTERNET_ADDRESS_MAILBOX(address)) : NULL;
}
static inline int mime_from_count(void *message) {
    InternetAddressList *list = g_mime_message_get_from(GMIME_MESSAGE(message));
    return list == NULL ? 0 : internet_address_list_length(list);
}

static inline void *mime_parts(void *message) { return g_mime_part_iter_new(GMIME_OBJECT(message)); }
static inline int mime_parts_valid(void *iterator) { return g_mime_part_iter_is_valid((GMimePartIter *)iterator); }
static inline int mime_parts_next(void *iterator) { return g_mime_part_iter_next((GMimePartIter *)iterator); }
static inline void mime_parts_free(void *iterator) { g_mime_part_iter_free((GMimePartIter *)iterator); }

// 1 plain text, 2 HTML, 3 an attachment, 0 what holds others.
static inline int mime_part_kind(void *iterator) {
    GMimeObject *part = g_mime_part_iter_get_current((GMimePartIter *)iterator);
    if (part == NULL || !GMIME_IS_PART(part)) return 0;
    GMimeContentType *type = g_mime_object_get_content_type(part);
    if (g_mime_part_is_attachment(GMIME_PART(part)) || !GMIME_IS_TEXT_PART(part)) return 3;
    if (g_mime_content_type_is_type(type, "text", "html")) return 2;
    return g_mime_content_type_is_type(type, "text", "plain") ? 1 : 3;
}

// The text of a text part in UTF-8, to be freed by mime_text_free; NULL when it cannot be decoded.
static inline char *mime_part_text(void *iterator) {
    GMimeObject *part = g_mime_part_iter_get_current((GMimePartIter *)iterator);
    return part != NULL && GMIME_IS_TEXT_PART(part) ? g_mime_text_part_get_text(GMIME_TEXT_PART(part)) : NULL;
}
static inline void mime_text_free(char *text) { g_free(text); }

// cmark-gfm: CommonMark, parsed and rendered.
#ifndef CODINGAHEAD_CMARKDOWN_SHIM_H
#define CODINGAHEAD_CMARKDOWN_SHIM_H
#include <cmark-gfm.h>
#endif

// tests/support/long_survey.h - an XLSForm of the size and shape of the WHO verbal autopsy: modules
// of nested groups, questions that open others, lists, calculations, three languages.
#pragma once

#include <string>

namespace bordereau::test {

/// As Markdown, with about this many questions. Every text is there in every language, every
/// question can be reached: modules after the first need consent = yes, and in each of them a
/// follow-up needs the answer before it.
std::string long_survey(int questions);

}  // namespace bordereau::test

// app/present/copy_words.h - what came of copying from an earlier audit, in words.
#pragma once

#include <string>

#include "app/desk/copying.h"
#include "app/text/words.h"

namespace bordereau::app {

/// How many answers were copied, and all that were left out, each with its reason.
std::string copy_in_words(const text::Words& words, const form::Session& session,
                          const CopyOutcome& outcome);

}  // namespace bordereau::app

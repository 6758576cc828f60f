// app/present/wording.h - failures and states in words for people: what happened, what is safe, and
// what to do.
#pragma once

#include <string>

#include "app/text/words.h"
#include "storage/audits.h"
#include "storage/base/result.h"

namespace bordereau::app {

/// Interface texts of a language, from the embedded files.
text::Words embedded_words(text::Language language);

/// What a person was doing when it failed; chooses the sentence.
enum class Doing {
    opening_notebook,
    making_notebook,
    opening_audit,
    recording,
    answering,  ///< recording without a screen; said alike where there is no difference
    finalizing,
    reviewing,
    syncing,
    writing_bundle,
    reading_bundle,
    joining,
    reporting,
    importing_form,
    managing_people,
    attaching,
    saving_copy,
    changing_passphrase,
    recovering,
    taking_over,
    backing_up,
    restoring,
    salvaging,
    admitting,
    meeting  ///< a laptop nearby
};

/// One or two sentences. Never the detail of the error: that is for the log.
std::string sentence_for(const text::Words& words, Doing doing, const Error& error);

}  // namespace bordereau::app

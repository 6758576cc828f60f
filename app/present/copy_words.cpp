#include "app/present/copy_words.h"

#include "app/form/definition/question_text.h"

namespace bordereau::app {
namespace {

std::string_view words_for(LeftOut::Why why) {
    switch (why) {
        case LeftOut::Why::changed: return "copy.left_out.changed";
        case LeftOut::Why::no_choice: return "copy.left_out.no_choice";
        case LeftOut::Why::not_allowed: return "copy.left_out.not_allowed";
    }
    return "";
}

}  // namespace

std::string copy_in_words(const text::Words& words, const form::Session& session,
                          const CopyOutcome& outcome) {
    std::string sentence = words.count("message.copied", outcome.copied);
    if (!outcome.left_out.empty()) sentence.append(" ").append(words("message.left_out"));
    std::vector<std::string> left_out;
    for (const LeftOut& one : outcome.left_out)
        left_out.push_back(form::question_label(session.form(), one.question, session.language()) +
                           " (" + std::string{words(words_for(one.why))} + ")");
    if (!left_out.empty()) sentence.append(" ").append(words.list(left_out, "list.of_phrases"));
    return sentence;
}

}  // namespace bordereau::app

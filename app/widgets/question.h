// app/widgets/question.h - the frame around one question: number, words, marks and messages.
// The field itself is drawn between begin and end by the caller.
#pragma once

#include <string_view>

#include "app/widgets/values.h"

namespace bordereau::widgets {

struct QuestionFrame {
    std::string_view number = {};  ///< "12", or empty
    std::string_view label = {};
    std::string_view hint = {};
    bool required = false;
    bool answered = false;
    Tone tone = Tone::neutral;      ///< of `message`; error and warning also mark the start edge
    std::string_view message = {};  ///< below the field; empty: none
    int comments = 0;               ///< open ones: shown as a sign with the number
};

enum class QuestionPress { none, comments };

/// The card bears the id in its name, as items tell it that stand on it.
void begin_question(const char* id, const QuestionFrame& frame);
QuestionPress end_question(const QuestionFrame& frame);

}  // namespace bordereau::widgets

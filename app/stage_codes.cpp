// The barcode in a picture: read beside, then answered, or asked about.
#include <algorithm>
#include <utility>

#include "app/present/blocks.h"
#include "app/stage.h"

namespace bordereau::app {

bool Stage::asks_for(const std::string& question, form::Widget widget) const {
    const form::Session& session = filling_->session();
    const form::NodeId node = session.find_key_path(question);
    return std::ranges::any_of(session.elements(), [&](const form::Element& element) {
        return element.node == node && element.widget == widget;
    });
}

void Stage::read_code(const std::string& question, CodeReading reading) {
    code_ = CodeLook{question, std::move(reading), {.reading = true}};
    browsing_.reset();
}

void Stage::hear_code() {
    if (!code_ || !code_->reading || !code_->reading->ready()) return;
    dirty_ = true;
    CodesRead read = code_->reading->result();
    code_->reading.reset();
    code_->view = {};
    if (read.refusal) code_->view.problem = sentence_for(words_, *read.refusal);
    if (!read.refusal && read.codes.empty()) code_->view.problem = words_("code.none");
    if (!read.codes.empty()) take_codes(std::string{code_->question}, std::move(read.codes));
}

void Stage::take_codes(const std::string& question, std::vector<std::string> codes) {
    code_.reset();
    if (codes.size() > 1) {
        code_ = CodeLook{question, std::nullopt, {.found = std::move(codes)}};
        return;
    }
    carry_out(Command{Answer{question, codes.front()}});
    if (message_.tone != Tone::error)
        say(Tone::good, words_("code.read", {{"code", codes.front()}}));
}

void Stage::show_codes() {
    if (place_ != Place::fill) return;
    for (QuestionView* row : questions_in(views_.fill.questions)) {
        const bool mine = code_ && code_->question == row->key;
        row->code = mine ? std::make_shared<const BarcodeView>(code_->view) : nullptr;
    }
}

}  // namespace bordereau::app

#include "app/present/earlier_rows.h"

namespace bordereau::app {

EarlierRows::EarlierRows(std::vector<QuestionView> rows) : rows_(std::move(rows)) {
    for (const QuestionView& row : rows_)
        if (row.choices_of) lists_.try_emplace(row.choices_of.get(), row.choices_of, row.choices);
}

QuestionView* EarlierRows::find(std::string_view key) {
    if (next_ >= rows_.size() || rows_[next_].key != key) next_ = place_of(key);
    return next_ < rows_.size() ? &rows_[next_++] : nullptr;
}

void EarlierRows::add_choices(const form::Session& session, const form::Element& element,
                              QuestionView& row) {
    auto source = session.choice_list(element);
    if (row.choices && row.choices_of == source) return;
    auto& [held, list] = lists_[source.get()];
    if (held != source) {
        auto made = std::make_shared<std::vector<ChoiceView>>();
        made->reserve(source->size());
        for (const form::Choice& choice : *source) made->push_back({choice.value, choice.label});
        list = std::move(made);
        held = source;
    }
    row.choices = list;
    row.choices_of = std::move(source);
}

std::size_t EarlierRows::place_of(std::string_view key) {
    if (places_.empty())
        for (std::size_t at = 0; at < rows_.size(); ++at) places_.emplace(rows_[at].key, at);
    const auto found = places_.find(key);
    return found == places_.end() ? rows_.size() : found->second;
}

}  // namespace bordereau::app

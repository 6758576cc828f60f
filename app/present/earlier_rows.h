// app/present/earlier_rows.h - the rows of the last view of a filling: what is the same is not made
// again.
#pragma once

#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "app/form/session/session.h"
#include "app/screens/fill_view.h"

namespace bordereau::app {

class EarlierRows {
public:
    explicit EarlierRows(std::vector<QuestionView> rows);

    /// Null if there was none of that key. Rows are asked for in order, and mostly come in the
    /// order that they had. Whoever asks may move from it.
    QuestionView* find(std::string_view key);

    /// Gives a row the choices of its question. A list of the session becomes one list of views,
    /// however many rows show it and however often they are presented.
    void add_choices(const form::Session& session, const form::Element& element, QuestionView& row);

private:
    struct KeyHash {
        using is_transparent = void;
        std::size_t operator()(std::string_view key) const noexcept {
            return std::hash<std::string_view>{}(key);
        }
    };
    std::size_t place_of(std::string_view key);

    std::vector<QuestionView> rows_;
    std::size_t next_ = 0;
    std::unordered_map<std::string, std::size_t, KeyHash, std::equal_to<>> places_;
    std::map<const void*, std::pair<std::shared_ptr<const void>, ChoiceList>> lists_;
};

}  // namespace bordereau::app

// app/present/outline.h - a session's elements cut into the sections that a screen shows.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/form/session/session.h"
#include "app/screens/view_types.h"

namespace bordereau::app {

/// Elements [begin, end) of Session::elements(). A top-level group or repeat is a section;
/// questions between such stand in a section of their own, under the form's title.
struct Section {
    std::string title;
    std::size_t begin = 0, end = 0;
};

std::vector<Section> sections_of(const form::Session& session);

/// The section that holds a node; 0 where none does.
int section_with(const form::Session& session, const std::vector<Section>& sections,
                 form::NodeId node);

/// Whether an element asks for something: neither a note nor readonly, nor a remark on a question.
bool asks(const form::Session& session, const form::Element& element);

/// The number that a question has in its section, as its row shows it; empty: it has none.
std::string number_of(const form::Session& session, const std::vector<Section>& sections,
                      form::NodeId question);

ProgressView progress_of(const form::Session& session, std::size_t begin, std::size_t end);

/// Whether an appearance has that word.
bool has_word(std::string_view appearance, std::string_view word);

/// A key for each element in order, unique and lasting: a node's key path, else the group's control
/// and the row it stands in.
std::vector<std::string> keys_of(const form::Session& session);

/// "5.0", as records hold what was typed as "5", without the fraction that nobody typed.
std::string_view without_empty_fraction(std::string_view number);

/// What a person reads of an answer: labels of what was chosen, else the text.
std::string answer_in_words(const form::Session& session, const form::Element& element);
/// ... of another value that the question had or may get.
std::string value_in_words(const form::Session& session, const form::Element& element,
                           const std::string& value);

}  // namespace bordereau::app

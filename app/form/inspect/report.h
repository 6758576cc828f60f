// app/form/inspect/report.h - what an author wants to know of a form that loads: its size, what is
// missing beside it or in a language, what nobody will ever see. Not what keeps it from loading.
#pragma once

#include <cstddef>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/form/definition/diagnostic.h"
#include "app/form/definition/form.h"

namespace bordereau::form {

struct FormSize {
    int questions = 0;  ///< controls that take an answer, repeats counted once
    int notes = 0;      ///< controls that only show a text
    int groups = 0;     ///< without repeats
    int repeats = 0;
    int calculations = 0;     ///< nodes with a calculate
    int lists = 0;            ///< secondary instances, files included
    std::size_t choices = 0;  ///< rows of all lists, choices written in the body included
    int deepest = 0;          ///< groups and repeats around the deepest question
    std::size_t bytes = 0;    ///< of the XForm
};

/// What a remark is about; scripts select by it.
enum class Topic {
    translation,  ///< a text that a language lacks
    unreachable,  ///< a question whose relevance can never hold
    unused_list,  ///< a list that no question and no expression names
    file,         ///< a list's file that is not beside the form
    media,        ///< a picture, sound or film that is not beside the form
    client        ///< something that other clients of ODK forms cannot do
};

struct Remark {
    Topic topic = Topic::translation;
    Diagnostic finding;
};

struct LanguageReport {
    std::string language;
    int texts = 0;    ///< texts that some language has
    int missing = 0;  ///< of these, those that this one lacks
};

/// A file that the form names, and whether it is there.
struct NamedFile {
    std::string name;
    bool present = false;
    bool media = false;  ///< else a list
};

struct FormReport {
    FormSize size;
    std::vector<LanguageReport> languages;
    std::vector<NamedFile> files;  ///< sorted by name, each once
    std::vector<Remark> remarks;   ///< by topic, then in the order of the form
};

/// Language and text id of texts that stand in a language but are known to be another one's.
using LentTexts = std::set<std::pair<std::string, std::string>>;

/// Inspects a loaded form. `xform` is the document it was read from; `beside` answers for the files
/// next to it; `lent` texts count as missing.
FormReport inspect(const Form& form, std::string_view xform, const Resources& beside,
                   const LentTexts& lent = {});

}  // namespace bordereau::form

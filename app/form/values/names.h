// app/form/values/names.h - names of elements, attributes and namespaces as small numbers.
// Compared millions of times, so never as text. Numbers are given once and never change.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace bordereau::form {

/// A local name, as the number that its Names table gave it.
using Name = std::uint32_t;
inline constexpr Name kNoName = 0xFFFFFFFF;

/// A prefix together with the namespace it stands for. 0 is "no prefix, no namespace".
using Space = std::uint16_t;
/// A namespace URI. 0 is "no namespace".
using Uri = std::uint16_t;
/// The namespace of namespace declarations (xmlns="...", xmlns:p="..."), always there.
inline constexpr Uri kDeclarations = 1;

/// The names of one form: shared by its definition, its trees and its expressions. Extended only
/// while the form is read; afterwards immutable and safe to read from several threads. A copy may
/// be extended further (a document met later): numbers given before keep their meaning in it.
class Names {
public:
    Names();

    Name intern(std::string_view local);
    std::optional<Name> find(std::string_view local) const;
    const std::string& text(Name name) const { return locals_[name]; }

    /// At most 65,535 different pairs; later ones are given as 0 (no namespace).
    Space intern_space(std::string_view prefix, std::string_view uri);
    Uri intern_uri(std::string_view uri);
    const std::string& prefix(Space space) const { return spaces_[space].prefix; }
    Uri uri_of(Space space) const { return spaces_[space].uri; }
    /// True where a name test without prefix means such a node: anything written without a prefix
    /// except XHTML, which is never form data, and OpenRosa's metadata under any prefix.
    bool is_plain(Space space) const { return spaces_[space].plain; }
    const std::string& uri(Space space) const { return uris_[spaces_[space].uri]; }

    const std::string& declarations() const { return uris_[kDeclarations]; }
    std::size_t size() const { return locals_.size(); }
    std::size_t space_count() const { return spaces_.size(); }

private:
    struct SpaceEntry {
        std::string prefix;
        Uri uri = 0;
        bool plain = true;
    };
    struct Slot {
        std::uint32_t hash = 0;
        Name name = kNoName;  // kNoName: free
    };
    std::size_t slot_of(std::string_view local, std::uint32_t hash) const;
    void grow();

    std::vector<std::string> locals_;
    std::vector<Slot> slots_;  // by hash, collisions in the next ones; a power of two
    std::vector<SpaceEntry> spaces_;
    std::vector<std::string> uris_;
};

/// The name of the elements that hold a column of a list in CSV: its header, where other characters
/// than those of names have become "_".
std::string column_name(std::string_view header);

}  // namespace bordereau::form

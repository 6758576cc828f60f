#include "storage/journal/pack_values.h"

#include <algorithm>
#include <functional>
#include <limits>
#include <utility>

namespace bordereau::storage {
namespace {

constexpr std::uint32_t kGone = std::numeric_limits<std::uint32_t>::max();
constexpr std::uint64_t kTwoBytes = 0xF0, kLong = 0xFF;
constexpr std::uint64_t kFirstLong = kTwoBytes + ((kLong - kTwoBytes) << 8);

bool is_digit(char c) {
    return c >= '0' && c <= '9';
}

void make_form(std::string_view value, std::string& form) {
    form = value;
    for (char& c : form)
        if (is_digit(c)) c = '0';
}

std::uint32_t hash_of(std::string_view text) {
    return static_cast<std::uint32_t>(std::hash<std::string_view>{}(text));
}

void put(std::string& column, std::uint64_t number) {
    if (number >= kFirstLong) {
        ColumnWriter rest;
        rest.put(number);
        column += static_cast<char>(kLong);
        column += rest.bytes();
        return;
    }
    if (number >= kTwoBytes) column += static_cast<char>(kTwoBytes + ((number - kTwoBytes) >> 8));
    column += static_cast<char>(number >= kTwoBytes ? number - kTwoBytes : number);
}

bool take(std::string_view& column, std::uint64_t& number) {
    if (column.empty()) return false;
    number = static_cast<unsigned char>(column.front());
    column.remove_prefix(1);
    if (number < kTwoBytes) return true;
    if (column.empty()) return false;
    if (number < kLong) {
        const auto low = static_cast<unsigned char>(column.front());
        number = kTwoBytes + ((number - kTwoBytes) << 8 | low);
        column.remove_prefix(1);
        return true;
    }
    ColumnReader rest{column};
    number = rest.take();
    column = rest.left();
    return rest.ok();
}

// How the values of one slot are told: some by an entry of their own, some by a form they share.
class Telling {
public:
    explicit Telling(ValueColumns<std::string>& columns) : columns_(columns) {}

    // A distinct value; what came once is told by its form.
    void add(std::string_view value, std::uint32_t count) {
        if (count > 1 || std::ranges::none_of(value, is_digit)) {
            of_value_.push_back(static_cast<std::uint32_t>(entries_.size()));
            entries_.push_back({value, false, count});
            return;
        }
        make_form(value, form_);
        auto form = forms_.known(form_);
        if (!form) {
            form = forms_.number(kept_forms_.emplace_back(form_));
            of_form_.push_back(static_cast<std::uint32_t>(entries_.size()));
            entries_.push_back({kept_forms_.back(), true, 0});
        }
        ++entries_[of_form_[*form]].uses;
        of_value_.push_back(of_form_[*form]);
    }

    // After the last add().
    void say_repeated() {
        std::vector<Entry*> repeated;
        for (Entry& entry : entries_)
            if (entry.uses > 1) repeated.push_back(&entry);
        std::ranges::sort(repeated, {}, [](const Entry* one) {
            return std::pair{one->form, one->bytes};
        });
        put(columns_.repeated, repeated.size());
        codes_ = &columns_.codes(repeated.size());
        for (std::size_t i = 0; i < repeated.size(); ++i) {
            repeated[i]->code = kFirstEntry + i;
            say(*repeated[i]);
        }
    }

    void remove() { put(*codes_, kRemoved); }

    void tell(std::uint32_t number, std::string_view value) {
        Entry& entry = entries_[of_value_[number]];
        put(*codes_, entry.code);
        if (entry.code == kOnce) say(entry);
        if (entry.form) groups_[entry.group].push_back(value);
    }

    void say_digits() {
        for (const auto& group : groups_)
            for (std::size_t at = 0; at < group.front().size(); ++at) {
                if (!is_digit(group.front()[at])) continue;
                for (const std::string_view value : group) columns_.digits += value[at];
            }
    }

private:
    struct Entry {
        std::string_view bytes;
        bool form = false;
        std::uint32_t uses = 0;
        std::uint64_t code = kOnce;
        std::size_t group = 0;  // of a form
    };

    void say(Entry& entry) {
        put(columns_.sizes, entry.bytes.size());
        columns_.forms += entry.form ? '\1' : '\0';
        columns_.bytes += entry.bytes;
        if (!entry.form) return;
        entry.group = groups_.size();
        groups_.emplace_back();
    }

    ValueColumns<std::string>& columns_;
    std::string* codes_ = nullptr;
    std::vector<Entry> entries_;
    std::vector<std::uint32_t> of_value_, of_form_;  // their entries
    std::string form_;                               // of the latest value
    Numbering forms_;
    std::deque<std::string> kept_forms_;
    std::vector<std::vector<std::string_view>> groups_;  // values of one form
};

}  // namespace

std::size_t Numbering::place_of(std::string_view text, std::uint32_t hash) const {
    std::size_t at = hash & (places_.size() - 1);
    while (places_[at].number_and_one != 0 &&
           (places_[at].hash != hash || texts_[places_[at].number_and_one - 1] != text))
        at = (at + 1) & (places_.size() - 1);
    return at;
}

std::uint32_t Numbering::number(std::string_view text) {
    if (2 * texts_.size() >= places_.size()) grow();
    const std::uint32_t hash = hash_of(text);
    Place& place = places_[place_of(text, hash)];
    if (place.number_and_one == 0) {
        texts_.push_back(text);
        place = {hash, static_cast<std::uint32_t>(texts_.size())};
    }
    return place.number_and_one - 1;
}

std::optional<std::uint32_t> Numbering::known(std::string_view text) const {
    if (places_.empty()) return std::nullopt;
    const Place& place = places_[place_of(text, hash_of(text))];
    if (place.number_and_one == 0) return std::nullopt;
    return place.number_and_one - 1;
}

void Numbering::grow() {
    const std::vector<Place> before =
        std::exchange(places_, std::vector<Place>(std::max<std::size_t>(16, 4 * places_.size())));
    for (const Place& place : before) {
        if (place.number_and_one == 0) continue;
        std::size_t at = place.hash & (places_.size() - 1);
        while (places_[at].number_and_one != 0) at = (at + 1) & (places_.size() - 1);
        places_[at] = place;
    }
}

void Numbering::clear() {
    std::ranges::fill(places_, Place{});
    texts_.clear();
}

void SlotWriter::write(SlotCount& count, ValueColumns<std::string>& columns) const {
    auto& [distinct, counts, sequence] = count;
    distinct.clear();
    counts.clear();
    sequence.clear();
    for (const std::string_view value : values_) {
        const bool there = value.data() != nullptr;
        const std::uint32_t number = there ? distinct.number(value) : kGone;
        if (there && number == counts.size()) counts.push_back(0);
        if (there) ++counts[number];
        sequence.push_back(number);
    }
    Telling telling{columns};
    for (std::size_t i = 0; i < counts.size(); ++i) telling.add(distinct.texts()[i], counts[i]);
    telling.say_repeated();
    for (const std::uint32_t number : sequence)
        number == kGone ? telling.remove() : telling.tell(number, distinct.texts()[number]);
    telling.say_digits();
}

bool SlotReader::read(PackedValue* values, std::size_t count) {
    entries_.clear();
    formed_.clear();
    std::uint64_t repeated = 0;
    if (!take(columns_.repeated, repeated) || repeated > columns_.forms.size()) return false;
    for (std::uint64_t i = 0; i < repeated; ++i)
        if (!read_entry()) return false;
    return read_codes(values, count) && make_forms(values);
}

bool SlotReader::read_codes(PackedValue* values, std::size_t count) {
    const std::size_t repeated = entries_.size();
    std::string_view& codes = columns_.codes(repeated);
    for (std::size_t i = 0; i < count; ++i) {
        std::uint64_t code = 0;
        if (!take(codes, code)) return false;
        if (values[i].removed = code == kRemoved; values[i].removed) continue;
        if (code == kOnce && !read_entry()) return false;
        if (code != kOnce && code - kFirstEntry >= repeated) return false;
        const std::size_t at =
            code == kOnce ? entries_.size() - 1 : static_cast<std::size_t>(code - kFirstEntry);
        Entry& entry = entries_[at];
        ++entry.uses;
        if (entry.form)
            formed_.emplace_back(static_cast<std::uint32_t>(i), static_cast<std::uint32_t>(at));
        else
            values[i].bytes = entry.bytes;
    }
    return true;
}

bool SlotReader::read_entry() {
    std::uint64_t size = 0;
    if (!take(columns_.sizes, size) || columns_.forms.empty() || columns_.forms.front() > 1 ||
        size > columns_.bytes.size())
        return false;
    entries_.push_back(
        {columns_.bytes.substr(0, static_cast<std::size_t>(size)), columns_.forms.front() == 1});
    columns_.bytes.remove_prefix(static_cast<std::size_t>(size));
    columns_.forms.remove_prefix(1);
    return true;
}

// The values of one form stand together; counted before they are made.
bool SlotReader::make_forms(PackedValue* values) {
    std::size_t all = 0;
    for (const Entry& entry : entries_) {
        if (!entry.form) continue;
        if (entry.uses * entry.bytes.size() > left_ - all) return false;
        all += entry.uses * entry.bytes.size();
    }
    left_ -= all;
    char* made = made_.emplace_back(all, '\0').data();
    for (Entry& entry : entries_) {
        if (!entry.form) continue;
        entry.made = made;
        for (std::size_t i = 0; i < entry.uses; ++i, made += entry.bytes.size())
            std::ranges::copy(entry.bytes, made);
        if (!take_digits(entry)) return false;
    }
    for (const auto& [value, number] : formed_) {
        Entry& entry = entries_[number];
        values[value].bytes = {entry.made, entry.bytes.size()};
        entry.made += entry.bytes.size();
    }
    return true;
}

bool SlotReader::take_digits(const Entry& entry) {
    const std::string_view form = entry.bytes;
    for (std::size_t at = 0; at < form.size(); ++at) {
        if (form[at] != '0') continue;
        if (columns_.digits.size() < entry.uses) return false;
        for (std::size_t i = 0; i < entry.uses; ++i) {
            if (!is_digit(columns_.digits[i])) return false;
            entry.made[i * form.size() + at] = columns_.digits[i];
        }
        columns_.digits.remove_prefix(entry.uses);
    }
    return true;
}

bool SlotReader::complete() const {
    const auto& all = columns_;
    return all.repeated.empty() && all.few.empty() && all.some.empty() && all.many.empty() &&
           all.sizes.empty() && all.forms.empty() && all.bytes.empty() && all.digits.empty();
}

}  // namespace bordereau::storage

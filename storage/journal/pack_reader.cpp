#include <algorithm>
#include <deque>
#include <numeric>
#include <optional>

#include "storage/base/text.h"
#include "storage/crypto/hash.h"
#include "storage/crypto/sign.h"
#include "storage/journal/action_codec.h"
#include "storage/journal/changeset.h"
#include "storage/journal/columns.h"
#include "storage/journal/compress.h"
#include "storage/journal/pack.h"
#include "storage/journal/pack_columns.h"
#include "storage/journal/pack_values.h"
#include "storage/journal/table_columns.h"

namespace bordereau::storage {
namespace {

using Views = std::vector<std::string_view>;

constexpr std::int64_t kMostNumber = std::int64_t{1} << 62;  // numbers that follow stay positive

// Damaged bytes may give any number; nothing overflows.
Millis sum(Millis one, std::int64_t other) {
    return static_cast<Millis>(static_cast<std::uint64_t>(one) + static_cast<std::uint64_t>(other));
}
std::int64_t difference(Millis one, Millis other) {
    return static_cast<std::int64_t>(static_cast<std::uint64_t>(one) -
                                     static_cast<std::uint64_t>(other));
}

std::string uuid_text(std::string_view raw) {
    std::string text = to_hex(raw);
    for (const std::size_t dash : {8u, 13u, 18u, 23u}) text.insert(dash, 1, '-');
    return text;
}

// The dictionary of one table: numbers of the pack's in the order in which they first come.
class Local {
public:
    explicit Local(std::size_t all) : seen_(all), number_(all) {}
    void start() {
        ++table_;
        used_.clear();
    }
    std::uint64_t number(std::size_t global) {
        if (seen_[global] != table_) {
            seen_[global] = table_;
            number_[global] = used_.size();
            used_.push_back(global);
        }
        return number_[global];
    }
    const std::vector<std::size_t>& used() const { return used_; }

private:
    std::vector<std::size_t> seen_, number_, used_;
    std::size_t table_ = 0;
};

// What the columns hold, before it is cut into changesets again.
class Contents {
public:
    /// False where the bytes are no pack or beyond the limits.
    bool read(std::string_view pack) {
        if (!expand(pack)) return false;
        CborReader in{frames_.front()};
        if (in.array() != kPackItems + kPackColumns || in.number() != kPackFormat) return false;
        team.text = in.text();
        for (Views* texts : {&keys, &lanes, &authors, &paths}) {
            texts->resize(in.array());
            for (std::string_view& text : *texts) text = texts == &keys ? in.bytes() : in.text();
        }
        for (std::string_view& column : columns_) {
            if (!in.null())
                column = in.bytes();
            else if (!expand(pack))
                return false;
            else
                column = frames_.back();
        }
        const std::string_view raw = (*this)[PackColumn::devices];
        if (!in.complete() || !pack.empty() || raw.size() % kRawDeviceSize != 0) return false;
        for (std::size_t at = 0; at < raw.size(); at += kRawDeviceSize)
            devices.push_back(raw.substr(at, kRawDeviceSize));
        return read_kinds() && read_paths() && read_values();
    }

    std::string_view operator[](PackColumn column) const {
        return columns_[static_cast<std::size_t>(column)];
    }
    ColumnReader reader(PackColumn column) const { return ColumnReader{(*this)[column]}; }

    /// The next value at a path, or action of a kind.
    const PackedValue& take(std::size_t slot) { return values_[next_[slot]++]; }
    std::size_t slot_of_kind(std::size_t kind) const { return paths.size() + kind; }

    TeamId team;
    Views keys, lanes, authors, paths, devices;
    std::vector<std::uint8_t> kinds;          // of each change
    std::vector<std::uint32_t> answer_paths;  // of each answer

private:
    // All frames together have one limit.
    bool expand(std::string_view& pack) {
        auto bytes = expanded_first(pack, left_);
        if (!bytes) return false;
        left_ -= bytes->size();
        frames_.push_back(*std::move(bytes));
        return true;
    }

    bool read_kinds() {
        ColumnReader column = reader(PackColumn::kinds);
        while (column.ok() && !column.complete()) {
            const std::uint64_t kind = column.take();
            if (kind >= kKnownKinds || kinds.size() == kMaxPackedChanges) return false;
            kinds.push_back(static_cast<std::uint8_t>(kind));
        }
        return column.ok();
    }

    bool read_paths() {
        const auto answers = std::ranges::count(kinds, static_cast<std::uint8_t>(kAnswerKind));
        ColumnReader column = reader(PackColumn::paths);
        std::int64_t path = 0;
        for (auto left = answers; left > 0; --left) {
            path = sum(path, column.take_signed());
            if (path < 0 || static_cast<std::size_t>(path) >= paths.size()) return false;
            answer_paths.push_back(static_cast<std::uint32_t>(path));
        }
        return column.complete();
    }

    // Counted first, since they lie slot by slot.
    bool read_values() {
        const std::size_t slots = paths.size() + kKnownKinds;
        next_.assign(slots + 1, 0);
        for (const std::uint32_t path : answer_paths) ++next_[path + 1];
        for (const std::uint8_t kind : kinds)
            if (kind != kAnswerKind) ++next_[slot_of_kind(kind) + 1];
        std::partial_sum(next_.begin(), next_.end(), next_.begin());
        values_.resize(kinds.size());
        slots_.emplace(
            ValueColumns<std::string_view>{
                (*this)[PackColumn::repeated], (*this)[PackColumn::few_codes],
                (*this)[PackColumn::some_codes], (*this)[PackColumn::many_codes],
                (*this)[PackColumn::value_sizes], (*this)[PackColumn::value_forms],
                (*this)[PackColumn::value_bytes], (*this)[PackColumn::value_digits]},
            kMaxUnpackedBytes);
        for (std::size_t slot = 0; slot < slots; ++slot)
            if (!slots_->read(values_.data() + next_[slot], next_[slot + 1] - next_[slot]))
                return false;
        const auto actions = values_.begin() + static_cast<std::ptrdiff_t>(next_[paths.size()]);
        return slots_->complete() &&
               std::none_of(actions, values_.end(), [](const auto& one) { return one.removed; });
    }

    std::deque<std::string> frames_;
    std::size_t left_ = kMaxPackBytes;
    PackColumnBytes columns_;
    std::optional<SlotReader> slots_;  // the values are views into it
    std::vector<PackedValue> values_;
    std::vector<std::size_t> next_;  // of each slot
};

class PackReader {
public:
    PackReader(Contents& pack, std::size_t most)
        : pack_(pack),
          most_(most),
          devices_(pack.devices.size()),
          authors_(pack.authors.size()),
          paths_(pack.paths.size()),
          signatures_(pack[PackColumn::signatures]),
          previous_(pack[PackColumn::previous]),
          subject_bytes_(pack[PackColumn::subject_bytes]),
          subject_counts_(pack.reader(PackColumn::subject_counts)),
          subject_codes_(pack.reader(PackColumn::subjects)),
          subject_sizes_(pack.reader(PackColumn::subject_sizes)),
          subject_runs_(pack.reader(PackColumn::subject_runs)),
          device_(pack.reader(PackColumn::device)),
          author_(pack.reader(PackColumn::authors)),
          counters_(pack.reader(PackColumn::counters)),
          replaces_(pack.reader(PackColumn::replaces)),
          link_counters_(pack.reader(PackColumn::link_counters)),
          link_devices_(pack.reader(PackColumn::link_devices)),
          millis_(pack[PackColumn::low], pack[PackColumn::middle], pack[PackColumn::rest]),
          link_millis_(pack[PackColumn::link_low], pack[PackColumn::link_middle],
                       pack[PackColumn::link_rest]) {}

    bool read(std::vector<std::string>& changesets) {
        ColumnReader runs = pack_.reader(PackColumn::runs);
        while (runs.ok() && !runs.complete()) {
            const std::size_t key = runs.take_index(pack_.keys.size());
            const std::size_t lane = runs.take_index(pack_.lanes.size());
            ChangesetHead head;
            head.number = static_cast<std::int64_t>(runs.take());
            std::uint64_t count = runs.take();
            if (!runs.ok() || head.number < 1 || head.number > kMostNumber || count == 0)
                return false;
            if (pack_.keys[key].size() != crypto::kPublicKeySize) return false;
            head.team = pack_.team;
            head.public_key = pack_.keys[key];
            head.chain.lane.text = pack_.lanes[lane];
            if (head.number > 1 && !cut(previous_, crypto::kDigestSize, head.previous))
                return false;
            for (; count > 0; --count) {
                if (!read_changeset(head, changesets)) return false;
                if (count > 1) link_to(changesets.back(), head);
            }
        }
        return runs.ok() && complete();
    }

private:
    template <class Into>
    static bool cut(std::string_view& from, std::size_t size, Into& piece) {
        if (from.size() < size) return false;
        piece = from.substr(0, size);
        from.remove_prefix(size);
        return true;
    }

    // What comes out is counted before it is made.
    bool spend(std::size_t bytes) {
        if (bytes > most_ - spent_) return false;
        spent_ += bytes;
        return true;
    }

    // Every changeset takes a signature of its own from the pack, so this ends.
    bool read_changeset(ChangesetHead& head, std::vector<std::string>& changesets) {
        std::string_view signature;
        if (!cut(signatures_, crypto::kSignatureSize, signature)) return false;
        start_table();
        if (!read_subjects() || !read_lines(head) || !write_values()) return false;
        changesets.push_back(plain_changeset(signature, head, table()));
        return true;
    }

    static void link_to(std::string_view changeset, ChangesetHead& next) {
        next.previous = crypto::digest(changeset.substr(crypto::kSignatureSize));
        ++next.number;
    }

    void start_table() {
        devices_.start();
        authors_.start();
        paths_.start();
        subjects_.clear();
        others_.clear();
        answers_.clear();
        values_.clear();
        for (ColumnWriter* column :
             {&runs_out_, &device_out_, &author_out_, &kinds_out_, &counters_out_, &paths_out_,
              &replaces_out_, &links_out_, &sizes_out_})
            column->clear();
        millis_out_.clear();
        lines_ = 0;
    }

    bool read_subjects() {
        for (std::uint64_t left = subject_counts_.take(); left > 0; --left) {
            const std::uint64_t code = subject_codes_.take();
            if (!subject_codes_.ok() || !subject_counts_.ok()) return false;
            if (code == kNewSubject && !read_new_subject()) return false;
            const std::uint64_t number =
                code == kNewSubject ? all_subjects_.size() - 1 : code - kFirstSubject;
            if (number >= all_subjects_.size()) return false;
            const std::uint64_t run = subject_runs_.take();
            if (run == 0 || run > pack_.kinds.size() - next_line_ - lines_) return false;
            lines_ += static_cast<std::size_t>(run);
            runs_out_.put(run);
            subjects_.push_back(static_cast<std::size_t>(number));
            if (!spend(all_subjects_[static_cast<std::size_t>(number)].size())) return false;
        }
        return subject_counts_.ok();
    }

    bool read_new_subject() {
        const std::uint64_t size = subject_sizes_.take();
        if (!subject_sizes_.ok() || size > subject_bytes_.size() + 1) return false;
        std::string_view bytes;
        if (!cut(subject_bytes_, size == 0 ? kUuidBytes : static_cast<std::size_t>(size - 1),
                 bytes))
            return false;
        all_subjects_.push_back(size == 0 ? uuid_text(bytes) : std::string{bytes});
        return true;
    }

    bool read_lines(ChangesetHead& head) {
        head.changes = static_cast<std::int64_t>(lines_);
        head.last = {};
        Millis before = 0;
        link_before_.reset();
        for (std::size_t left = lines_; left > 0; --left) {
            const std::size_t kind = pack_.kinds[next_line_++];
            const std::size_t device = device_.take_index(pack_.devices.size());
            const std::size_t author = author_.take_index(pack_.authors.size());
            const std::uint64_t counter = counters_.take();
            last_millis_ = sum(last_millis_, millis_.take());
            if (!device_.ok() || !author_.ok() || counter > 0xFFFF || last_millis_ < 0)
                return false;
            head.last = std::max(head.last, Stamp{Stamp::at(last_millis_).bits | counter});
            device_out_.put(devices_.number(device));
            author_out_.put(authors_.number(author));
            kinds_out_.put(kind);
            millis_out_.put(difference(last_millis_, before));
            before = last_millis_;
            counters_out_.put(counter);
            if (kind == kAnswerKind ? !read_answer() : !read_other(kind)) return false;
        }
        return true;
    }

    bool read_other(std::size_t kind) {
        others_.push_back(pack_.take(pack_.slot_of_kind(kind)).bytes);
        return spend(others_.back().size());
    }

    bool read_answer() {
        const std::size_t path = pack_.answer_paths[next_answer_++];
        const std::uint64_t local = paths_.number(path);
        const std::int64_t last =
            answers_.empty() ? 0 : static_cast<std::int64_t>(answers_.back().first);
        paths_out_.put_signed(static_cast<std::int64_t>(local) - last);
        answers_.emplace_back(static_cast<std::size_t>(local), pack_.take(path));
        const std::uint64_t code = replaces_.take();
        replaces_out_.put(code);
        if (!replaces_.ok() || !spend(answers_.back().second.bytes.size())) return false;
        for (std::uint64_t left = code > kReplacesListed ? code - kReplacesListed : 0; left > 0;
             --left)
            if (!read_link()) return false;
        return true;
    }

    bool read_link() {
        const Millis millis = sum(link_before_.value_or(last_millis_), link_millis_.take());
        const std::uint64_t counter = link_counters_.take();
        const std::size_t device = link_devices_.take_index(pack_.devices.size());
        if (!link_millis_.ok() || !link_counters_.ok() || !link_devices_.ok()) return false;
        link_before_ = millis;
        links_out_.put_signed(difference(last_millis_, millis));
        links_out_.put(counter);
        links_out_.put(devices_.number(device));
        return true;
    }

    // Path by path, in the order in which the table comes to the paths.
    bool write_values() {
        std::vector<std::size_t> next(paths_.used().size() + 1);
        for (const auto& [path, value] : answers_) ++next[path + 1];
        std::partial_sum(next.begin(), next.end(), next.begin());
        std::vector<const PackedValue*> ordered(answers_.size());
        for (const auto& [path, value] : answers_) ordered[next[path]++] = &value;
        for (const PackedValue* value : ordered) {
            sizes_out_.put(value->removed ? 0 : value->bytes.size() + 1);
            values_ += value->bytes;
        }
        for (const std::size_t path : paths_.used())
            if (!spend(pack_.paths[path].size())) return false;
        for (const std::size_t author : authors_.used())
            if (!spend(pack_.authors[author].size())) return false;
        return true;
    }

    TableColumns table() const {
        TableColumns table;
        table.count = static_cast<std::int64_t>(lines_);
        for (const std::size_t one : devices_.used()) table.devices.push_back(pack_.devices[one]);
        for (const std::size_t one : authors_.used()) table.authors.push_back(pack_.authors[one]);
        for (const std::size_t one : subjects_) table.subjects.push_back(all_subjects_[one]);
        for (const std::size_t one : paths_.used()) table.paths.push_back(pack_.paths[one]);
        table.columns = {runs_out_.bytes(),
                         device_out_.bytes(),
                         author_out_.bytes(),
                         kinds_out_.bytes(),
                         millis_out_.low(),
                         millis_out_.middle(),
                         millis_out_.rest(),
                         counters_out_.bytes(),
                         paths_out_.bytes(),
                         replaces_out_.bytes(),
                         links_out_.bytes(),
                         sizes_out_.bytes(),
                         values_};
        table.others = others_;
        return table;
    }

    bool complete() const {
        return next_line_ == pack_.kinds.size() && signatures_.empty() && previous_.empty() &&
               subject_bytes_.empty() && subject_counts_.complete() && subject_codes_.complete() &&
               subject_sizes_.complete() && subject_runs_.complete() && device_.complete() &&
               author_.complete() && counters_.complete() && replaces_.complete() &&
               link_counters_.complete() && link_devices_.complete() && millis_.complete() &&
               link_millis_.complete();
    }

    Contents& pack_;
    std::size_t most_;
    Local devices_, authors_, paths_;
    std::string_view signatures_, previous_, subject_bytes_;
    ColumnReader subject_counts_, subject_codes_, subject_sizes_, subject_runs_, device_, author_,
        counters_, replaces_, link_counters_, link_devices_;
    MomentReader millis_, link_millis_;
    std::vector<std::string> all_subjects_;
    std::size_t next_line_ = 0, next_answer_ = 0, spent_ = 0;
    Millis last_millis_ = 0;

    // Of the table that is being made again.
    std::size_t lines_ = 0;
    std::vector<std::size_t> subjects_;
    Views others_;
    std::vector<std::pair<std::size_t, PackedValue>> answers_;  // path and value
    std::optional<Millis> link_before_;
    ColumnWriter runs_out_, device_out_, author_out_, kinds_out_, counters_out_, paths_out_,
        replaces_out_, links_out_, sizes_out_;
    MomentWriter millis_out_;
    std::string values_;
};

}  // namespace

Result<std::vector<std::string>> unpack(std::string_view pack, std::size_t most) {
    Contents contents;
    std::vector<std::string> changesets;
    if (!contents.read(pack) || !PackReader{contents, most}.read(changesets))
        return Error{ErrorCode::corrupt, "a pack of changesets does not hold together"};
    return changesets;
}

}  // namespace bordereau::storage

#include "storage/journal/change_table.h"

#include <algorithm>
#include <numeric>
#include <tuple>

#include "storage/base/check.h"
#include "storage/journal/action_codec.h"
#include "storage/journal/columns.h"
#include "storage/journal/table_columns.h"

namespace bordereau::storage {
namespace {

constexpr unsigned kCounterBits = 16;
constexpr std::uint64_t kCounterMask = (std::uint64_t{1} << kCounterBits) - 1;
// Stamps must stay positive as SQL integers.
constexpr std::int64_t kMostMillis = std::int64_t{1} << 47;

// What an answer replaces, in the column of that name: 0 nothing; 1 the version of the same answer
// just before it in the table (nearly always); n + 2 the n versions that stand in the links column.
constexpr std::uint64_t kReplacesNothing = 0, kReplacesBefore = 1, kReplacesListed = 2;

// A version with its device as a number of the dictionary.
struct ShortVersion {
    Stamp stamp;
    std::size_t device = 0;
};

// Of each path, the version that was last seen within the present subject.
class LatestVersions {
public:
    void start_subject() { ++subject_; }
    std::optional<ShortVersion> at(std::size_t path) const {
        if (path >= seen_.size() || seen_[path].subject != subject_) return std::nullopt;
        return seen_[path].version;
    }
    void set(std::size_t path, ShortVersion version) {
        if (path >= seen_.size()) seen_.resize(path + 1);
        seen_[path] = {subject_, version};
    }

private:
    struct Seen {
        std::size_t subject = 0;
        ShortVersion version;
    };
    std::size_t subject_ = 0;
    std::vector<Seen> seen_;
};

class TableWriter {
public:
    void add(const Change& change) {
        if (subjects_.empty() || subjects_.back() != change.subject) start_subject(change.subject);
        ++runs_.back();
        const std::uint64_t device = devices_.number(change.version.device.text);
        devices_column_.put(device);
        authors_column_.put(authors_.number(change.author.text));
        kinds_.put(static_cast<std::uint64_t>(kind_of(change.action)));
        millis_.put(change.version.stamp.millis() - last_millis_);
        last_millis_ = change.version.stamp.millis();
        counters_.put(change.version.stamp.bits & kCounterMask);
        if (const auto* answer = std::get_if<AnswerGiven>(&change.action))
            add_answer({change.version.stamp, static_cast<std::size_t>(device)}, *answer);
        else
            others_.push_back(encode_action(change.action));
    }

    std::string finish(std::size_t count) {
        TableColumns table;
        table.count = static_cast<std::int64_t>(count);
        std::vector<std::string> raw;
        for (const std::string_view device : devices_.texts())
            raw.push_back(raw_device({std::string{device}}));
        table.devices.assign(raw.begin(), raw.end());
        table.authors = authors_.texts();
        table.subjects = subjects_;
        table.paths = paths_.texts();
        ColumnWriter runs, sizes;
        for (const std::uint64_t run : runs_) runs.put(run);
        std::string values;
        put_values(sizes, values);
        table.columns = {runs.bytes(),
                         devices_column_.bytes(),
                         authors_column_.bytes(),
                         kinds_.bytes(),
                         millis_.low(),
                         millis_.middle(),
                         millis_.rest(),
                         counters_.bytes(),
                         paths_column_.bytes(),
                         replaces_.bytes(),
                         links_.bytes(),
                         sizes.bytes(),
                         values};
        table.others.assign(others_.begin(), others_.end());
        return join_table(table);
    }

private:
    void start_subject(std::string_view subject) {
        subjects_.push_back(subject);
        runs_.push_back(0);
        latest_.start_subject();
    }

    void add_answer(ShortVersion version, const AnswerGiven& answer) {
        const auto path = static_cast<std::size_t>(paths_.number(answer.path));
        paths_column_.put_signed(static_cast<std::int64_t>(path) - last_path_);
        last_path_ = static_cast<std::int64_t>(path);
        if (path >= values_.size()) values_.resize(path + 1);
        values_[path].push_back(&answer.value);
        add_links(version.stamp, answer.replaces, latest_.at(path));
        latest_.set(path, version);
    }

    void add_links(Stamp stamp, const std::vector<Version>& replaces,
                   const std::optional<ShortVersion>& before) {
        if (replaces.empty()) return replaces_.put(kReplacesNothing);
        if (replaces.size() == 1 && before && replaces[0].stamp == before->stamp &&
            devices_.number(replaces[0].device.text) == before->device)
            return replaces_.put(kReplacesBefore);
        replaces_.put(replaces.size() + kReplacesListed);
        for (const Version& replaced : replaces) {
            links_.put_signed(stamp.millis() - replaced.stamp.millis());
            links_.put(replaced.stamp.bits & kCounterMask);
            links_.put(devices_.number(replaced.device.text));
        }
    }

    void put_values(ColumnWriter& sizes, std::string& bytes) const {
        for (const auto& of_path : values_)
            for (const std::optional<std::string>* value : of_path) {
                sizes.put(*value ? (*value)->size() + 1 : 0);
                if (*value) bytes += **value;
            }
    }

    Dictionary devices_, authors_, paths_;
    std::vector<std::string_view> subjects_;
    std::vector<std::uint64_t> runs_;
    MomentWriter millis_;
    ColumnWriter devices_column_, authors_column_, kinds_, counters_, paths_column_, replaces_,
        links_;
    std::vector<std::vector<const std::optional<std::string>*>> values_;  // by path
    std::vector<std::string> others_;
    LatestVersions latest_;
    std::int64_t last_millis_ = 0, last_path_ = 0;
};

// The values of all answers again, found by path and by how many of that path came before.
class Values {
public:
    // False where sizes and bytes do not fit each other.
    bool read(std::string_view sizes, std::string_view bytes,
              const std::vector<std::size_t>& answer_paths, std::size_t path_count) {
        next_.assign(path_count + 1, 0);
        for (const std::size_t path : answer_paths) ++next_[path + 1];
        std::partial_sum(next_.begin(), next_.end(), next_.begin());
        ColumnReader size{sizes};
        values_.reserve(answer_paths.size());
        for (std::size_t i = 0; i < answer_paths.size(); ++i) {
            const std::uint64_t coded = size.take();
            if (coded > bytes.size() + 1) return false;
            if (coded == 0) {
                values_.emplace_back();
                continue;
            }
            values_.emplace_back(bytes.substr(0, static_cast<std::size_t>(coded - 1)));
            bytes.remove_prefix(static_cast<std::size_t>(coded - 1));
        }
        return size.complete() && bytes.empty();
    }

    const std::optional<std::string>& take(std::size_t path) { return values_[next_[path]++]; }

private:
    std::vector<std::size_t> next_;
    std::vector<std::optional<std::string>> values_;
};

class TableReader {
public:
    explicit TableReader(const TableColumns& table)
        : count_(table.count),
          authors_(table.authors),
          subjects_(table.subjects),
          paths_(table.paths),
          runs_(table[Column::runs]),
          devices_column_(table[Column::devices]),
          authors_column_(table[Column::authors]),
          kinds_(table[Column::kinds]),
          millis_(table[Column::low], table[Column::middle], table[Column::rest]),
          counters_(table[Column::counters]),
          paths_bytes_(table[Column::paths]),
          replaces_(table[Column::replaces]),
          links_(table[Column::links]),
          sizes_(table[Column::sizes]),
          values_bytes_(table[Column::values]),
          others_(table.others) {
        for (const std::string_view raw : table.devices) devices_.push_back(device_from_raw(raw));
    }

    bool read(std::vector<Change>& changes) {
        if (!read_answer_paths()) return false;
        for (const std::string_view subject : subjects_) {
            latest_.start_subject();
            std::uint64_t run = runs_.take();
            if (run == 0) return false;
            // Every change takes bytes of its own from each column, so this ends.
            for (; run > 0; --run, --count_)
                if (!read_change(subject, changes)) return false;
        }
        return count_ == 0 && columns_complete() && next_other_ == others_.size();
    }

private:
    bool read_answer_paths() {
        ColumnReader column{paths_bytes_};
        std::int64_t path = 0;
        while (column.ok() && !column.complete()) {
            path += column.take_signed();
            if (path < 0 || static_cast<std::size_t>(path) >= paths_.size()) return false;
            answer_paths_.push_back(static_cast<std::size_t>(path));
        }
        return column.ok() && values_.read(sizes_, values_bytes_, answer_paths_, paths_.size());
    }

    bool read_change(std::string_view subject, std::vector<Change>& changes) {
        const std::size_t device = devices_column_.take_index(devices_.size());
        const std::size_t author = authors_column_.take_index(authors_.size());
        const auto kind = static_cast<std::int64_t>(kinds_.take());
        // Unsigned, since damaged bytes may give any difference.
        last_millis_ = static_cast<Millis>(static_cast<std::uint64_t>(last_millis_) +
                                           static_cast<std::uint64_t>(millis_.take()));
        const auto stamp = stamp_of(last_millis_, counters_.take());
        if (!stamp || !devices_column_.ok() || !authors_column_.ok() || !kinds_.ok()) return false;
        Change change{
            {*stamp, devices_[device]}, {std::string{authors_[author]}}, std::string{subject}, {}};
        const bool read =
            kind == kAnswerKind ? read_answer({*stamp, device}, change) : read_other(kind, change);
        if (!read || !in_order(subject, change.version)) return false;
        if (is_known_kind(kind)) changes.push_back(std::move(change));
        return true;
    }

    static std::optional<Stamp> stamp_of(Millis millis, std::uint64_t counter) {
        if (millis < 0 || millis >= kMostMillis || counter > kCounterMask) return std::nullopt;
        return Stamp{Stamp::at(millis).bits | counter};
    }

    bool read_answer(ShortVersion version, Change& change) {
        if (next_answer_ >= answer_paths_.size()) return false;
        const std::size_t path = answer_paths_[next_answer_++];
        AnswerGiven answer{std::string{paths_[path]}, values_.take(path), {}};
        if (!read_links(version.stamp, path, answer.replaces)) return false;
        latest_.set(path, version);
        change.action = std::move(answer);
        return true;
    }

    bool read_links(Stamp stamp, std::size_t path, std::vector<Version>& replaces) {
        const std::uint64_t code = replaces_.take();
        if (code == kReplacesNothing || !replaces_.ok()) return replaces_.ok();
        if (code == kReplacesBefore) {
            const auto before = latest_.at(path);
            if (before) replaces.push_back({before->stamp, devices_[before->device]});
            return before.has_value();
        }
        for (std::uint64_t left = code - kReplacesListed; left > 0; --left) {
            const Millis millis = stamp.millis() - links_.take_signed();
            const auto replaced = stamp_of(millis, links_.take());
            const std::size_t device = links_.take_index(devices_.size());
            if (!replaced || !links_.ok()) return false;
            replaces.push_back({*replaced, devices_[device]});
        }
        return true;
    }

    bool read_other(std::int64_t kind, Change& change) {
        if (next_other_ >= others_.size()) return false;
        const std::string_view bytes = others_[next_other_++];
        if (!is_known_kind(kind)) return true;
        auto action = decode_action(kind, bytes);
        if (action) change.action = *std::move(action);
        return action.has_value();
    }

    // Strictly rising, so that one set of changes has one encoding.
    bool in_order(std::string_view subject, const Version& version) {
        const bool rises = !any_ || last_subject_ < subject ||
                           (last_subject_ == subject && last_version_ < version);
        any_ = true;
        last_subject_ = subject;
        last_version_ = version;
        return rises;
    }

    bool columns_complete() const {
        return runs_.complete() && devices_column_.complete() && authors_column_.complete() &&
               kinds_.complete() && millis_.complete() && counters_.complete() &&
               replaces_.complete() && links_.complete() && next_answer_ == answer_paths_.size();
    }

    std::int64_t count_;
    std::vector<DeviceId> devices_;
    const std::vector<std::string_view>&authors_, &subjects_, &paths_;
    ColumnReader runs_, devices_column_, authors_column_, kinds_;
    MomentReader millis_;
    ColumnReader counters_;
    std::string_view paths_bytes_;
    ColumnReader replaces_, links_;
    std::string_view sizes_, values_bytes_;
    const std::vector<std::string_view>& others_;
    std::vector<std::size_t> answer_paths_;
    Values values_;
    LatestVersions latest_;
    std::size_t next_answer_ = 0, next_other_ = 0;
    bool any_ = false;
    Millis last_millis_ = 0;
    std::string_view last_subject_;
    Version last_version_;
};

}  // namespace

void sort_changes(std::vector<Change>& changes) {
    const auto key = [](const Change& change) { return std::tie(change.subject, change.version); };
    std::ranges::stable_sort(changes, {}, key);
    const auto same = [&key](const Change& a, const Change& b) { return key(a) == key(b); };
    changes.erase(std::unique(changes.begin(), changes.end(), same), changes.end());
}

std::string encode_changes(const std::vector<Change>& changes) {
    TableWriter table;
    for (const Change& change : changes) table.add(change);
    return table.finish(changes.size());
}

Result<std::vector<Change>> decode_changes(std::string_view bytes) {
    TableColumns table;
    std::vector<Change> changes;
    const auto is_device = [](std::string_view raw) { return raw.size() == kRawDeviceSize; };
    if (!split_table(bytes, table) || !std::ranges::all_of(table.devices, is_device) ||
        !TableReader{table}.read(changes))
        return Error{ErrorCode::corrupt, "a change table does not hold together"};
    return changes;
}

}  // namespace bordereau::storage

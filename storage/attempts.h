// storage/attempts.h - the file attempts.json: how often a passphrase was wrong of late, so that
// guessing at the keyboard is slow, also after the program was started again.
//
// Four wrong ones are free; then each makes the next attempt wait, 5 seconds and twice as long each
// time, five minutes at most: nobody is locked out for ever. What is tried while waiting is not
// looked at and does not count. Each login has a count of its own, so that guessing at one name
// does not keep the others out; unknown logins count alike, so that the wait tells nothing. A clock
// that was put back begins the wait again. Who can change files can also remove this one: against
// them stands the work that each guess costs (crypto/keys.h), not this.
#pragma once

#include <cstdint>
#include <filesystem>
#include <map>
#include <string>
#include <string_view>

#include "storage/base/time.h"

namespace bordereau::storage {

class Attempts {
public:
    static constexpr Millis kFirstWait = 5'000;
    static constexpr Millis kLongestWait = 300'000;
    static constexpr std::int64_t kFree = 4;

    /// None yet where there is no such file, or one that cannot be read.
    static Attempts read(const std::filesystem::path& file);
    /// A disk that takes nothing must not keep people out: failures to write are passed over.
    void write() const;

    /// Milliseconds until an attempt under this name is looked at again; 0: now. `name` is the
    /// keyring's keyed hash of a login, in hexadecimal. After a clock was put back, counts again
    /// from `now`.
    Millis wait(std::string_view name, Millis now);
    /// Counted before the passphrase is tried, so that ending the program in between gains nothing.
    void begin(std::string_view name, Millis now);
    void succeeded(std::string_view name);

private:
    struct Count {
        std::int64_t wrong = 0;
        Millis last = 0;
    };
    std::filesystem::path file_;
    std::map<std::string, Count> counts_;  // by the first two digits of the name: 256 at most
};

}  // namespace bordereau::storage

#include "../store/store.h"

#include "../parts.h"

namespace gcp2::cli {
namespace {

constexpr Command parts[] = {
    {"store_init", "store init --as NAME --administrator NAME [--demonstration]", store_init},
    {"store_user",
     "store user list | add NAME --role ROLE | end NAME | passphrase | fingerprint | new-phone "
     "NAME",
     store_user},
    {"store_grant", "store grant NAME --fingerprint DIGITS", store_grant},
    {"store_recover", "store recover NAME | --renew", store_recover},
    {"store_add", "store add FILE... [--replace]", store_add},
    {"store_list", "store list [--all] [--upn N] [--nhs-number N] [--name NAME --born DATE]",
     store_list},
    {"store_history", "store history CHILD", store_history},
    {"store_show",
     "store show RECORD... | --child REF [--to text|html|pdf|json] [--for family] [--redact] "
     "[--output FILE [--replace]]",
     store_show},
    {"store_sign", "store sign RECORD --by REF", store_sign},
    {"store_amend", "store amend RECORD", store_amend},
    {"store_share", "store share CHILD NAME [--until DATE] [--end]", store_share},
    {"store_hold", "store hold CHILD [--lift]", store_hold},
    {"store_retention", "store retention [--years N | --set-years N]", store_retention},
    {"store_erase", "store erase CHILD [--confirm | --withdraw] | --requests | --certificate ID",
     store_erase},
    {"store_export",
     "store export CHILD --output FILE [--replace] [--to archive|html|pdf] [--redact]",
     store_export},
    {"store_transfer",
     "store transfer address | partner ADDRESS --fingerprint DIGITS --name NAME | partners | send "
     "CHILD --to "
     "ADDRESS --output FILE | receipt FILE | list",
     store_transfer},
    {"store_receive",
     "store receive [BUNDLE --output RECEIPT | --accept ID [--ref REF] | --turn-down ID | "
     "--receipt ID]",
     store_receive},
    {"store_audit",
     "store audit [--child REF] [--account NAME] [--since DAY] [--until DAY] [--from N] "
     "[--to text|csv|json]",
     store_audit},
    {"store_verify", "store verify", store_verify},
    {"store_backup", "store backup [--ring-copy FILE] [--records FILE]", store_backup},
    {"store_restore", "store restore BACKUP", store_restore},
    {"store_migrate", "store migrate", store_migrate},
};

}  // namespace

int store(const Command& command, const Arguments& arguments) {
  return run_part(command, parts, arguments, "store.which_part", "store.no_part");
}

}  // namespace gcp2::cli
